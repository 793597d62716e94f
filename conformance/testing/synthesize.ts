import type { Alternative, Observation } from '../../model/sequential/outcome.ts';
import { operationByName } from '../../model/sequential/operations/index.ts';
import { Sequential } from '../../model/sequential/sequential.ts';
import type { Content } from '../../model/sequential/world.ts';
import type { Design } from '../../spec/index.ts';
import type { Kernel, RunOutcome } from '../kernels/kernel.ts';
import type { PageSeen, Probe, SequenceSeen, StepSeen } from '../kernels/report.ts';
import { pageBytes } from '../page-bytes.ts';
import { concerns, operationText, parseOperation, type Operation, type Sequence } from '../sequence.ts';
import { childReport, mergedOut } from './child.ts';
import type { SessionKind } from '../../model/sequential/session.ts';

/** What a page of a kernel that is made up would hold. */
interface Page {
  state: number;
  newest: number;
  saved: number;
  pending: number;
}

const valueOf = (content: Content, page: Page): number =>
  content === 'zero' ? 0 : content === 'newest' ? page.newest : page.saved;

/** The report of a page that shows an observation. */
function pageSeen({ entry, thread, access }: Observation, page: Page): PageSeen {
  const { present, swap, uffd, marker, guard, exclusive, file, scan } = entry;
  const common = { present, swap, uffd, marker, guard, exclusive, file, scan };
  if (access === undefined) return { ...common, thread };
  if (access.kind === 'signal') return { ...common, thread, signal: access.signal };
  if (access.kind === 'write') page.newest = page.pending;
  return { ...common, thread, value: access.kind === 'write' ? page.pending : valueOf(access.content, page) };
}

/** Output fields that show an observation. */
function outputs(
  name: string,
  index: number,
  { ret, message, scanned, saved, moved, child, entry }: Observation,
  page: Page,
): Partial<StepSeen> {
  if (ret !== '0') return {};
  if (name === 'read' && message !== undefined) {
    const [event, ...flags] = message;
    return { msgs: event === undefined ? [] : [{ event: 'pagefault', page: index, flags: flags as never }] };
  }
  if (name === 'scan-wp') return { out: scanned ? [{ lo: index, hi: index, categories: scanned }] : [] };
  if (/^(copy|continue|zeropage|poison|move)/.test(name)) return { out: pageBytes(entry.scan) };
  if (name === 'alias-write') return { out: page.newest };
  if (name === 'migrate') return { out: { from: 0, status: 1, moved: moved === true } };
  if (child !== undefined) return { out: { children: [childReport(child, (content) => valueOf(content, page))] } };
  if (saved === undefined) return {};
  page.saved = valueOf(saved, page);
  return { out: name === 'evict' ? { moved: 4096, value: page.saved } : page.saved };
}

/** The ways that an operation on several pages may go on one of them, when it fails at the page `fails`. */
function waysOf(
  model: Sequential,
  page: number,
  id: number,
  operation: Operation,
  fails: number,
): readonly Alternative[] {
  const { name, lo } = operation;
  if (!concerns(operation, page)) return model.idle(id);
  if (page === fails || fails < lo) return model.outcomes(id, name);
  const several = operationByName.get(name)?.several;
  if (several === undefined || page > fails || model.design.decisions[several.checksFirst]) return model.idle(id);
  return model.outcomes(id, several.quietly);
}

/** The first page that lets an operation on several fail, or -1. */
function failsAt(model: Sequential, pages: readonly Page[], operation: Operation): number {
  const { name, lo, hi } = operation;
  if (operationByName.get(name)?.several === undefined) return -1;
  const fails = (page: Page): boolean =>
    model.outcomes(page.state, name).every(({ observation }) => observation.ret !== '0');
  return pages.findIndex((page, index) => lo <= index && index <= hi && fails(page));
}

/** Runs a sequence on a model as if it were a kernel; of several ways it takes the one that `choose` names. */
export function simulate(
  model: Sequential,
  { id, kind, pages: count, operations }: Sequence,
  choose: (ways: number) => number = () => 0,
): SequenceSeen {
  const pages = Array.from({ length: count }, (): Page => ({ state: model.initial, newest: 0, saved: 0, pending: 0 }));
  let asked = 0;
  const steps = operations.map((operation): StepSeen => {
    let extras: Partial<StepSeen> = {};
    let ret: StepSeen['ret'] = 0;
    const fails = failsAt(model, pages, operation);
    const seen = pages.map((page, index): PageSeen => {
      const mine = fails === -1 ? concerns(operation, index) : index === fails;
      const ways = waysOf(model, index, page.state, operation, fails);
      const way = ways[choose(ways.length)];
      if (way === undefined) throw new Error(`${operation.name} has no outcome`);
      if (mine) ret = way.observation.ret === '0' ? 0 : way.observation.ret;
      if (mine && operation.name === 'touch w' && ret === 0) page.pending = ++asked;
      if (mine && operation.name === 'alias-write') page.newest = ++asked;
      page.state = way.next;
      if (mine) extras = merge(extras, outputs(operation.name, index, way.observation, page));
      return pageSeen(way.observation, page);
    });
    return { op: operationText(operation, kind, count), ret, ...extras, pages: seen };
  });
  return { id, steps, end: 'ok' };
}

/** Output fields of one page beside those of another. */
function merge(left: Partial<StepSeen>, right: Partial<StepSeen>): Partial<StepSeen> {
  const msgs = [...(left.msgs ?? []), ...(right.msgs ?? [])];
  const regions = mergedOut(left.out, right.out);
  return {
    ...((left.msgs ?? right.msgs) !== undefined && { msgs }),
    ...(regions !== undefined && { out: regions }),
  };
}

const probe: Probe = {
  release: '7.3.0-made-up',
  machine: 'x86_64',
  features: 0x7ffff,
  nodes: 2,
  swapBytes: 2 ** 28,
  hugePages: 64,
  swapOff: true,
  scan: ['WPALLOWED', 'WRITTEN', 'FILE', 'PRESENT', 'SWAPPED', 'PFNZERO', 'HUGE', 'GUARD', 'ACCESSED'],
  uid: 0,
  unprivilegedUserfaultfd: 0,
  cpus: 2,
  cpu: 0,
  frames: true,
  wchan: true,
  pageBytes: 4096,
};

/** A kernel that is made up: it answers as the model of a design does. */
export function madeUpKernel(design: Design, choose?: (ways: number) => number): Kernel {
  const models = new Map<SessionKind, Sequential>();
  const kindOf = (line: string): SessionKind => {
    const features = / api (\S+)/.exec(line)?.[1] ?? '';
    const rwp = features.includes(',rwp') ? 'rwp' : 'wp';
    const memory = /^(shmem|hugetlb)$/.exec(line.split(' ')[2] ?? '')?.[1] as 'shmem' | 'hugetlb' | undefined;
    const mode = `${rwp}-${features.includes('async') ? 'async' : 'sync'}` as const;
    return memory ? `${memory}-${mode}` : mode;
  };
  const answer = (line: string): SequenceSeen => {
    const [id = '', pages = '1', ...rest] = line.split(' ');
    const kind = kindOf(line);
    const model = models.get(kind) ?? new Sequential(design, kind);
    models.set(kind, model);
    const operations = rest
      .join(' ')
      .replace(/^(shmem|hugetlb) /, '')
      .split(' | ')
      .map((text) => parseOperation(text, kind, Number(pages)) as Operation);
    return simulate(model, { id, kind, pages: Number(pages), operations }, choose);
  };
  return {
    kind: 'kernel',
    name: 'made-up',
    release: probe.release,
    probe,
    run: async (lines, onResult, signal): Promise<RunOutcome> => {
      let sequences = 0;
      for await (const line of lines) {
        if (signal?.aborted) return { kind: 'interrupted', sequences, seconds: 0 };
        sequences++;
        onResult(answer(line));
      }
      return { kind: 'finished', sequences, seconds: 0 };
    },
    times: () => ({ bootSeconds: 0, sequences: 0, runSeconds: 0, sequencesPerSecond: 0, totalSeconds: 0 }),
    warnings: () => [],
    close: async () => undefined,
  };
}
