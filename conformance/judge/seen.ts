import { modelledCategories } from '../../model/sequential/observe.ts';
import type { Observation } from '../../model/sequential/outcome.ts';
import type { Content } from '../../model/sequential/world.ts';
import type { SignalName } from '../../spec/index.ts';
import type { MessageSeen, PageSeen, StepSeen } from '../kernels/report.ts';
import { pageBytes } from '../page-bytes.ts';
import { childStep, childText, matchesChild, type ChildStep } from './child.ts';
import { concerns, type Operation } from '../sequence.ts';

/** What the run has stored and saved of a page so far: what the contents of the model stand for. */
export interface Values {
  /** The value of the last write that completed; 0 when there was none. */
  readonly newest: number;
  /** What the manager has saved last; 0 at first. */
  readonly saved: number;
  /** The access that the page's thread was asked for last. */
  readonly asked: 'read' | 'write';
}

/** What one step showed of one page, in the words of the model; equal ones have equal `key`. */
export interface PageStep {
  readonly key: string;
  /** What the call returned, where it concerns the page. */
  readonly ret: string | undefined;
  readonly thread: PageSeen['thread'];
  readonly access: 'none' | 'write' | SignalName | readonly Content[];
  /** The messages about the page, where the operation was a `read` that succeeded. */
  readonly messages: readonly (readonly string[])[] | undefined;
  readonly scanned: readonly string[] | null | undefined;
  readonly saved: readonly Content[] | undefined;
  readonly moved: boolean | undefined;
  /** What the child of a fork saw. */
  readonly child: ChildStep | undefined;
  /** Output fields that no state of the model could explain, in words. */
  readonly strange: string | undefined;
  readonly entry: readonly string[];
  /** Whether markers are shown to us: only where page frames are. */
  readonly markers: boolean;
  readonly scan: readonly string[] | undefined;
}

const unmodelled = new Set(['SOFT_DIRTY']);

/** The categories that are judged: SOFT_DIRTY is nobody's promise here. */
function judged(categories: readonly string[]): readonly string[] {
  const rank = (name: string): number => (modelledCategories as readonly string[]).indexOf(name);
  return categories.filter((name) => !unmodelled.has(name)).toSorted((a, b) => rank(a) - rank(b));
}

/** The contents that a value can be. */
function contentsOf(value: number | undefined, { newest, saved }: Values): readonly Content[] {
  return [
    ...(value === 0 ? (['zero'] as const) : []),
    ...(value === newest && newest !== 0 ? (['newest'] as const) : []),
    ...(value === saved ? (['saved'] as const) : []),
  ];
}

function messageWords({ event, flags = [], unknownFlags, offset }: MessageSeen): readonly string[] {
  return [
    String(event),
    ...flags,
    ...(unknownFlags ? [`unknown flags ${unknownFlags}`] : []),
    ...(offset ? [`offset ${offset}`] : []),
  ];
}

interface Region {
  readonly lo: number;
  readonly hi: number;
  readonly categories: readonly string[];
}

function scannedOf(step: StepSeen, page: number): readonly string[] | null {
  const region = ((step.out ?? []) as readonly Region[]).find(({ lo, hi }) => lo <= page && page <= hi);
  return region === undefined ? null : judged(region.categories);
}

/** What is wrong with the output field of a call that succeeded, in words. */
function strangeOut(step: StepSeen, name: string, bytesOfPage: number): string | undefined {
  if (step.ret !== 0) return undefined;
  const verb = name.split(' ')[0];
  if (
    step.out === undefined &&
    /^(copy|continue|zeropage|poison|move|evict|scan-wp|migrate|fork|alias-read|alias-write)$/.test(verb ?? '')
  )
    return `${verb} returned 0 and says nothing`;
  const fills = /^(copy|continue|zeropage|poison|move)$/.test(verb ?? '');
  const bytes = fills ? step.out : verb === 'evict' ? (step.out as { moved?: unknown }).moved : bytesOfPage;
  return bytes === bytesOfPage ? undefined : `${verb} returned 0 and says that it did ${JSON.stringify(bytes)} bytes`;
}

/** Operations that keep the content of a page. */
const savesPage = /^(evict|alias-read)$/;

/** What an operation has kept of a page. */
function savedValue({ out }: StepSeen): number | undefined {
  return typeof out === 'number' ? out : (out as { value?: number } | undefined)?.value;
}

const entryBits = ['present', 'swap', 'uffd', 'marker', 'guard', 'exclusive', 'file'] as const;

/** What a step showed of a page. */
export function pageStep(step: StepSeen, operation: Operation, page: number, values: Values): PageStep {
  const seen = step.pages[page];
  if (seen === undefined) throw new Error(`${step.op}: nothing is reported of page ${page}`);
  const mine = concerns(operation, page);
  const ok = mine && step.ret === 0;
  const { name } = operation;
  const access =
    seen.thread !== 'done'
      ? 'none'
      : seen.signal !== undefined
        ? seen.signal
        : values.asked === 'write'
          ? 'write'
          : contentsOf(seen.value, values);
  const parts = {
    ret: mine ? String(step.ret) : undefined,
    thread: seen.thread,
    access,
    messages:
      name === 'read' && ok
        ? (step.msgs ?? []).filter((message) => message.page === page).map(messageWords)
        : undefined,
    scanned: name === 'scan-wp' && ok ? scannedOf(step, page) : undefined,
    saved: savesPage.test(name) && ok ? contentsOf(savedValue(step), values) : undefined,
    moved: name === 'migrate' && ok ? (step.out as { moved?: boolean } | undefined)?.moved : undefined,
    child:
      ok && name.startsWith('fork')
        ? childStep(step, page, name === 'fork w', (value) => contentsOf(value, values))
        : undefined,
    strange: mine ? strangeOut(step, name, pageBytes(seen.scan)) : undefined,
    entry: entryBits.filter((bit) => seen[bit] === true),
    markers: seen.marker !== null,
    scan: seen.scan === null ? undefined : judged(seen.scan),
  } as const;
  return { ...parts, key: JSON.stringify(parts) };
}

/** What the contents stand for after a step. */
export function valuesAfter(step: StepSeen, operation: Operation, page: number, values: Values): Values {
  const seen = step.pages[page];
  const wrote = seen?.thread === 'done' && seen.signal === undefined && values.asked === 'write';
  const ok = concerns(operation, page) && step.ret === 0;
  const elsewhere = ok && operation.name === 'alias-write';
  return {
    asked: values.asked,
    newest: wrote ? (seen.value ?? values.newest) : elsewhere ? (step.out as number) : values.newest,
    saved: ok && savesPage.test(operation.name) ? (savedValue(step) ?? values.saved) : values.saved,
  };
}

/** What the page's thread is asked for by an operation. */
export function valuesBefore(step: StepSeen, operation: Operation, page: number, values: Values): Values {
  if (!operation.name.startsWith('touch') || operation.lo !== page || step.ret !== 0) return values;
  return { ...values, asked: operation.name === 'touch w' ? 'write' : 'read' };
}

/** True when the step may have been seen by somebody in this situation. */
export function matches(expected: Observation, seen: PageStep): boolean {
  const { entry } = expected;
  const bits = entryBits.filter((bit) => entry[bit] && (bit !== 'marker' || seen.markers));
  return (
    seen.strange === undefined &&
    (seen.ret === undefined || seen.ret === expected.ret) &&
    matchesThread(expected, seen) &&
    same(bits, seen.entry) &&
    (seen.scan === undefined || same(entry.scan, seen.scan) || same(entry.scanWithoutTable ?? entry.scan, seen.scan)) &&
    matchesOutput(expected, seen)
  );
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((word, i) => word === right[i]);
}

function matchesThread(expected: Observation, seen: PageStep): boolean {
  const thread = seen.thread === 'stuck' ? 'blocked' : seen.thread;
  if (thread !== expected.thread) return false;
  const { access } = expected;
  if (access === undefined) return seen.access === 'none';
  if (access.kind === 'read') return typeof seen.access !== 'string' && seen.access.includes(access.content);
  return seen.access === (access.kind === 'signal' ? access.signal : access.kind);
}

function matchesOutput(expected: Observation, seen: PageStep): boolean {
  const { message, scanned, saved, moved } = expected;
  if (seen.messages !== undefined) {
    const expectedCount = message === undefined || message.length === 0 ? 0 : 1;
    if (seen.messages.length !== expectedCount) return false;
    if (message !== undefined && expectedCount === 1 && !same(message, seen.messages[0] ?? [])) return false;
  }
  if (seen.scanned !== undefined) {
    if ((seen.scanned === null) !== (scanned === null || scanned === undefined)) return false;
    if (seen.scanned !== null && !same(scanned ?? [], seen.scanned)) return false;
  }
  if (seen.saved !== undefined && (saved === undefined || !seen.saved.includes(saved))) return false;
  if (seen.child !== undefined && !matchesChild(expected.child, seen.child)) return false;
  return seen.moved === undefined || !seen.moved || moved === true;
}

/** What was seen of a page, for reading. */
export function describeSeen(seen: PageStep): string {
  const words = [
    seen.ret === undefined ? '' : `returned ${seen.ret}`,
    `thread ${seen.thread}`,
    seen.access === 'none'
      ? ''
      : typeof seen.access === 'string'
        ? seen.access
        : `read ${seen.access.join(' or ') || 'an unknown value'}`,
    seen.messages === undefined ? '' : `messages [${seen.messages.map((m) => m.join('+')).join(', ')}]`,
    seen.scanned === undefined ? '' : `scanned [${seen.scanned?.join(' ') ?? ''}]`,
    seen.saved === undefined ? '' : `saved ${seen.saved.join(' or ')}`,
    seen.moved === undefined ? '' : seen.moved ? 'moved' : 'not moved',
    seen.child === undefined ? '' : childText(seen.child),
    `entry [${seen.entry.join(' ')}]`,
    seen.scan === undefined ? '' : `scan [${seen.scan.join(' ')}]`,
    seen.strange ?? '',
  ];
  return words.filter((word) => word !== '').join(', ');
}
