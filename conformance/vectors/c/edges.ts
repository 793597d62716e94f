import type { ChildSeen } from '../../../model/sequential/child.ts';
import { pageBytes } from '../../page-bytes.ts';
import type { Observation } from '../../../model/sequential/outcome.ts';
import type { Content } from '../../../model/sequential/world.ts';
import { describeObservation } from '../../judge/describe.ts';
import { isEvent, type AllowedStep, type Vector } from '../vector.ts';

/** One arrow of the compiled automaton. */
export interface Edge {
  readonly step: number;
  readonly from: number;
  readonly to: number;
  /** What the report of the step must contain. */
  readonly wanted: readonly string[];
  readonly because: string;
  /** The step forces an event, and this alternative shows it. */
  readonly needed: boolean;
  readonly event: boolean;
}

/** The values that contents stand for: the runner writes 1, 2, 3, … in the order of the accesses that it asks for. */
interface Values {
  readonly asked: number;
  readonly pending: number;
  readonly newest: number;
  readonly saved: number;
}

const valueOf = (content: Content, { newest, saved }: Values): number =>
  content === 'zero' ? 0 : content === 'newest' ? newest : saved;

/** The values after an alternative, and those that its access is about. */
function valuesAfter(values: Values, operation: string, { ret, access, saved }: Observation): Values {
  const asks = /^touch \d w$/.test(operation) && ret === '0';
  const elsewhere = operation.startsWith('alias-write') && ret === '0';
  const asked = asks || elsewhere ? values.asked + 1 : values.asked;
  const pending = asks ? asked : values.pending;
  const newest = elsewhere ? asked : access?.kind === 'write' ? pending : values.newest;
  return { asked, pending, newest, saved: saved === undefined ? values.saved : valueOf(saved, values) };
}

const words = (list: readonly string[]): string => `[${list.map((word) => `"${word}"`).join(',')}]`;

function threadText({ thread, access }: Observation, before: Values, after: Values): string {
  if (thread !== 'done' || access === undefined) return `"thread":"${thread}"`;
  if (access.kind === 'signal') return `"thread":"done","signal":"${access.signal}"`;
  const value = access.kind === 'write' ? after.newest : valueOf(access.content, before);
  return `"thread":"done","value":${value}`;
}

/** What a child reports of the page; what it writes is the runner's (verbs/fork.c). */
function childText({ access, present, swap, uffd, marker }: ChildSeen, values: Values): string {
  const value = access.kind === 'read' ? valueOf(access.content, values) : 0xc41d;
  const told = access.kind === 'signal' ? `"signal":"${access.signal}"` : `"value":${value}`;
  return `"children":[{"present":${present},"swap":${swap},"uffd":${uffd},"marker":${marker},${told}}]`;
}

function outputs(
  operation: string,
  { ret, message, scanned, saved, moved, child, entry }: Observation,
  values: Values,
  after: Values,
): readonly string[] {
  const [verb] = operation.split(' ');
  if (ret !== '0') return [];
  if (message !== undefined && verb === 'read') {
    const [event, ...flags] = message;
    return [`"msgs":[${event === undefined ? '' : `{"page":0,"event":"${event}","flags":${words(flags)}}`}]`];
  }
  if (verb === 'scan-wp') return [`"out":[${scanned ? `{"lo":0,"hi":0,"categories":${words(scanned)}}` : ''}]`];
  if (/^(copy|continue|zeropage|poison|move)$/.test(verb ?? '')) return [`"out":${pageBytes(entry.scan)}`];
  if (verb === 'alias-write') return [`"out":${after.asked}`];
  if (verb === 'alias-read' && saved !== undefined) return [`"out":${valueOf(saved, values)}`];
  if (saved !== undefined) return [`"out":{"moved":4096,"value":${valueOf(saved, values)}}`];
  if (child !== undefined) return [childText(child, values)];
  return moved === true ? ['"moved":true'] : [];
}

/** What the runner's report of a step contains when this is what was seen; one list for each way that it may read. */
function wantedTexts(
  operation: string,
  seen: Observation,
  before: Values,
  after: Values,
): readonly (readonly string[])[] {
  const { ret, entry } = seen;
  const { present, swap, uffd, exclusive, marker, guard, file } = entry;
  const shared = [
    `"ret":${ret === '0' ? '0' : `"${ret}"`},"pages"`,
    `"present":${present},"swap":${swap},"uffd":${uffd},"file":${file},"exclusive":${exclusive},"marker":${marker},"guard":${guard},`,
    threadText(seen, before, after),
    ...outputs(operation, seen, before, after),
  ];
  const scans = entry.scanWithoutTable === undefined ? [entry.scan] : [entry.scan, entry.scanWithoutTable];
  return scans.map((scan) => [...shared, `"scan":${words(scan)}`]);
}

/** States of the compiled automaton; they are bits of an unsigned int there. */
const statesMax = 32;

/** The automaton of a vector with its contents made concrete: a state of the vector together with the values so far. */
export function edgesOf(vector: Vector): readonly Edge[] {
  let front: readonly { readonly state: number; readonly values: Values }[] = [
    { state: 0, values: { asked: 0, pending: 0, newest: 0, saved: 0 } },
  ];
  return vector.steps.flatMap(({ operation, states, needs }, step) => {
    const numbers = new Map<string, number>();
    const next: (typeof front)[number][] = [];
    const arrow = (from: number, values: Values, allowed: AllowedStep): readonly Edge[] => {
      const after = valuesAfter(values, operation, allowed.seen);
      const key = JSON.stringify([allowed.next, after]);
      if (!numbers.has(key)) numbers.set(key, next.push({ state: allowed.next, values: after }) - 1);
      const edge = {
        step,
        from,
        to: numbers.get(key) as number,
        because: `${describeObservation(allowed.seen)}: ${allowed.because.join(', ')}`,
        needed: needs !== undefined,
        event: needs !== undefined && isEvent(needs, allowed),
      };
      return wantedTexts(operation, allowed.seen, values, after).map((wanted) => ({ ...edge, wanted }));
    };
    const edges = front.flatMap(({ state, values }, from) =>
      (states[state] ?? []).flatMap((allowed) => arrow(from, values, allowed)),
    );
    if (next.length > statesMax) throw new Error(`${vector.id} has ${next.length} states after step ${step}`);
    front = next;
    return edges;
  });
}
