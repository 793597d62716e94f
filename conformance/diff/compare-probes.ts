import type { SequenceSeen, StepSeen } from '../kernels/report.ts';
import { missingFeatures } from '../vectors/gates.ts';
import type { Asker } from './ask.ts';
import { probes, type Probe } from './probes.ts';
import { title } from './features.ts';

/** A probe that two kernels answer differently, each time. */
export interface ProbeDifference {
  readonly probe: Probe;
  readonly left: string;
  readonly right: string;
  readonly line: string;
}

/** A probe that could not be asked. */
export interface ProbeSkipped {
  readonly probe: string;
  readonly because: string;
}

/** What all probes came to. */
export interface ProbesCompared {
  readonly asked: number;
  readonly differences: readonly ProbeDifference[];
  readonly skipped: readonly ProbeSkipped[];
  /** Probes that were answered differently, and not each time. */
  readonly unsteady: readonly string[];
}

/** How often each kernel is asked. */
export const probeRepeats = 3;

/** What a step came to, without addresses and feature words: how the operation went, and what the entry shows. */
function answer({ ret, pages, msgs, helper }: StepSeen): Answer {
  const page = pages[0];
  const ends = { idle: '', blocked: 'waits for user space', done: 'goes through', stuck: 'never ends' } as const;
  const shown = ['present', 'swap', 'uffd', 'marker'].filter((bit) => page?.[bit as 'present'] === true);
  const thread = helper ?? page;
  const returned = helper?.ret ?? ret;
  const way = returned === 0 ? (thread?.signal ?? ends[thread?.thread ?? 'idle']) : `fails with ${returned}`;
  const told = msgs === undefined ? '' : `gives ${msgs.length === 0 ? 'no message' : JSON.stringify(msgs)}`;
  return [[way || 'returns 0', told].filter((word) => word !== '').join(', '), `leaves the entry [${shown.join(' ')}]`];
}

/** How an operation went, and what it left behind. */
type Answer = readonly [way: string, entry: string];

/** The answers of both sides in words, without what is the same on both. */
function apart(mine: readonly Answer[], theirs: readonly Answer[]): { readonly left: string; readonly right: string } {
  const words = (all: readonly Answer[], at: 0 | 1): string => [...new Set(all.map((one) => one[at]))].join(' or ');
  const differ = ([0, 1] as const).filter((at) => words(mine, at) !== words(theirs, at));
  const told = (all: readonly Answer[]): string => differ.map((at) => words(all, at)).join(', ');
  return { left: told(mine), right: told(theirs) };
}

/** Why a report says nothing about the probe: what it needs was not to be had. */
function unasked(probe: Probe, seen: SequenceSeen): string | undefined {
  const [first] = seen.steps;
  if (seen.end === 'set-up') return `no memory of the kind (${first?.failed ?? ''} ${first?.ret ?? ''})`;
  const step = seen.steps[probe.about];
  const helper = step?.helper?.ret;
  if (step?.ret === 'EOPNOTSUPP' || helper === 'EOPNOTSUPP') return 'no huge page was to be had';
  return undefined;
}

const answerOf = (probe: Probe, seen: SequenceSeen): Answer => {
  const step = seen.steps[probe.about];
  return step === undefined ? [`does not come back: ${seen.end}`, ''] : answer(step);
};

async function compare(
  probe: Probe,
  left: Asker,
  right: Asker,
): Promise<ProbeDifference | ProbeSkipped | 'same' | 'unsteady'> {
  for (const { kernel } of [left, right]) {
    const missing = missingFeatures(probe.features, kernel);
    if (missing.length > 0) return { probe: probe.id, because: `${title(kernel)} has no ${missing.join(', ')}` };
  }
  const line = `${probe.id} ${probe.line}`;
  const sides = [await left.repeat(line, probeRepeats), await right.repeat(line, probeRepeats)] as const;
  for (const [i, kernel] of [left.kernel, right.kernel].entries()) {
    const reason = sides[i]?.map((seen) => unasked(probe, seen)).find((one) => one !== undefined);
    if (reason !== undefined) return { probe: probe.id, because: `${title(kernel)}: ${reason}` };
  }
  const [mine = [], theirs = []] = sides.map((all) => all.map((seen) => answerOf(probe, seen)));
  const theirKeys = new Set(theirs.map((one) => one.join()));
  const alike = mine.filter((one) => theirKeys.has(one.join())).length;
  if (alike > 0) return alike === mine.length && theirKeys.size === 1 ? 'same' : 'unsteady';
  return { probe, line, ...apart(mine, theirs) };
}

/** Asks two kernels every probe that both can be asked. */
export async function compareProbes(
  left: Asker,
  right: Asker,
  all: readonly Probe[] = probes,
): Promise<ProbesCompared> {
  const differences: ProbeDifference[] = [];
  const skipped: ProbeSkipped[] = [];
  const unsteady: string[] = [];
  for (const probe of all) {
    // oxlint-disable-next-line no-await-in-loop -- one kernel each
    const result = await compare(probe, left, right);
    if (result === 'unsteady') unsteady.push(probe.id);
    else if (result === 'same') continue;
    else if ('because' in result) skipped.push(result);
    else differences.push(result);
  }
  return { asked: all.length - skipped.length, differences, skipped, unsteady };
}
