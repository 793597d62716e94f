import * as fc from 'fast-check';
import type { Backing, Design } from '../../spec/index.ts';
import { Judge } from '../judge/judge.ts';
import { explainedShareMax, type Disagrees, type Judgement } from '../judge/verdict.ts';
import { describeFailure, type Kernel, type Loss } from '../kernels/kernel.ts';
import type { SequenceSeen } from '../kernels/report.ts';
import { reachablePairs } from '../pairs.ts';
import { cover } from '../cover.ts';
import { coverageOf, type Coverage } from '../covered/covered.ts';
import { kindsOn } from '../kinds.ts';
import type { Recorded, Recorder } from '../recording.ts';
import { sequenceLine, type Sequence } from '../sequence.ts';
import { fuzzSizes, sequences } from './arbitrary.ts';
import { foundFiles } from './found-files.ts';
import { shrink, type Again, type Disagreement } from './shrink.ts';
import { narrowedBy, withoutOn } from './without.ts';
import type { OutputFile } from '../vectors/files.ts';

/** How long, and from which seed. */
export interface FuzzOptions {
  readonly seed: number;
  /** The memory that all sequences run on; left out: any. */
  readonly memory?: Backing;
  /** Sequences; left out: as many as there is time for, or 10,000. */
  readonly runs?: number;
  readonly seconds?: number;
  readonly signal?: AbortSignal;
  /** Called now and then with how many are done, and for how long. */
  readonly progress?: (done: number, seconds: number) => void;
  /** Where what was seen is written down. */
  readonly recorder?: Recorder;
  /** Write down only sequences that show something new, and so many at most. */
  readonly keep?: number;
  /** Called with the files of a disagreement as soon as it is found, and again once it is short. */
  readonly onFound?: (files: readonly OutputFile[]) => void;
}

/** What a run of random sequences came to. */
export interface FuzzResult {
  readonly schemaVersion: 1;
  readonly kernel: string;
  readonly release: string;
  readonly design: string;
  readonly seed: number;
  readonly outcome: 'agrees' | 'disagrees' | 'incomplete' | 'interrupted';
  readonly sequences: number;
  readonly operations: number;
  readonly seconds: number;
  readonly sequencesPerSecond: number;
  /** How strict the judge is: observations that the model allowed at a step of a page, on average. */
  readonly meanAllowed: number;
  readonly largestBelief: number;
  readonly explained: {
    readonly sequences: number;
    readonly share: number;
    readonly by: Readonly<Record<string, number>>;
  };
  readonly incomplete: readonly string[];
  readonly pairs: {
    readonly reachable: number;
    readonly hit: number;
    readonly missed: readonly string[];
    readonly counts: Readonly<Record<string, number>>;
  };
  /** How much was met of the table of all forms, operations and kinds of memory. */
  readonly coverage: Coverage;
  readonly disagreements: readonly ReportedDisagreement[];
  /** Operations and sessions that this kernel could not be asked for, and why. */
  readonly narrowed: readonly string[];
  /** Complaints on the kernel's console. */
  readonly warnings: readonly string[];
  /** The times that the kernel was lost and opened again. */
  readonly losses: readonly Loss[];
  /** How the kernel, or what stands between it and us, went wrong. */
  readonly failure?: string;
}

/** A disagreement, shrunk. */
export interface ReportedDisagreement {
  /** The line that the runner reads. */
  readonly sequence: string;
  readonly kind: string;
  readonly verdict: Disagrees;
  /** How many of the random sequences disagreed in the same way. */
  readonly times: number;
  /** How often the sequence disagreed when it was run again; none when it was not, because the kernel was gone or had enough to do. */
  readonly again?: Again;
}

/** Sequences of a run that asks for no number and no time. */
const runsDefault = 10_000;

/** Sequences drawn at a time; each batch has a seed of its own. */
const batchSize = 500;

/** Disagreements that are shrunk; more are counted. */
const shrunkMax = 8;

/** What is known while a run goes on. */
class Tally {
  operations = 0;
  explained = 0;
  readonly by = new Map<string, number>();
  readonly incomplete: string[] = [];
  readonly found = new Map<string, { readonly first: Disagreement; times: number }>();

  /** Counts a judgement; the disagreement, when it is the first of its kind. */
  add(sequence: Sequence, verdict: Judgement): Disagreement | undefined {
    this.operations += sequence.operations.length;
    if (verdict.verdict === 'explained') {
      this.explained++;
      for (const rule of verdict.by) this.by.set(rule, (this.by.get(rule) ?? 0) + 1);
    } else if (verdict.verdict === 'incomplete') this.incomplete.push(`${sequence.id}: ${verdict.because}`);
    else if (verdict.verdict === 'disagrees') {
      const key = `${sequence.kind} ${verdict.operation.replaceAll(/ \d+/g, '')} ${verdict.seen}`;
      const known = this.found.get(key);
      if (known) known.times++;
      else this.found.set(key, { first: { sequence, verdict }, times: 1 });
      return known ? undefined : { sequence, verdict };
    }
    return undefined;
  }
}

/** Draws sequences until there are enough, or the time is up. */
function* draw(design: Design, kernel: Kernel, options: FuzzOptions, started: number): Generator<Sequence> {
  const without = withoutOn(kernel);
  const limits = { kinds: kindsOn(design, kernel, options.memory), ...fuzzSizes, without };
  const arbitrary = sequences(limits);
  const { seconds = Infinity, runs = seconds === Infinity ? runsDefault : Infinity } = options;
  for (let drawn = 0; drawn < runs;) {
    const numRuns = Math.min(batchSize, runs - drawn);
    // Neighbouring seeds must not share batches.
    const seed = (Math.imul(options.seed, 0x9e37_79b1) ^ Math.imul(drawn / batchSize + 1, 0x85eb_ca6b)) | 0;
    for (const sequence of fc.sample(arbitrary, { seed, numRuns })) {
      if ((performance.now() - started) / 1000 > seconds) return;
      yield { ...sequence, id: `${options.seed}.${drawn++}` };
    }
  }
}

/** Runs random sequences on a kernel and judges each; disagreements are shrunk on that kernel. */
export async function fuzz(kernel: Kernel, design: Design, options: FuzzOptions): Promise<FuzzResult> {
  const judge = new Judge(design);
  const tally = new Tally();
  const started = performance.now();
  const drawn: Sequence[] = [];
  const all: Recorded[] = [];
  let done = 0;
  const lines = function* (): Generator<string> {
    for (const sequence of draw(design, kernel, options, started)) {
      drawn.push(sequence);
      yield sequenceLine(sequence);
    }
  };
  const onResult = (seen: SequenceSeen): void => {
    const sequence = drawn.shift() as Sequence;
    const found = tally.add(sequence, judge.judge(sequence, seen));
    if (found !== undefined) options.onFound?.(foundFiles(design, found));
    if (options.keep === undefined) options.recorder?.add({ sequence, seen });
    else all.push({ sequence, seen });
    if (++done % batchSize === 0) options.progress?.(done, (performance.now() - started) / 1000);
  };
  const ended = await kernel.run(lines(), onResult, options.signal);
  const seconds = (performance.now() - started) / 1000;
  const pairs = judge.pairs();
  const { counts } = judge;
  if (options.keep !== undefined) cover(all, judge, options.keep).forEach((one) => options.recorder?.add(one));
  const canShrink = ended.kind === 'finished';
  const disagreements = await shrunk(canShrink, kernel, judge, tally, options);
  const failure = ended.kind === 'finished' || ended.kind === 'interrupted' ? undefined : describeFailure(ended);
  const losses = kernel.losses?.() ?? [];
  return {
    schemaVersion: 1,
    kernel: kernel.name,
    release: kernel.release,
    design: design.name,
    seed: options.seed,
    outcome: outcomeOf(ended.kind, tally, done, failure !== undefined || losses.length > 0),
    sequences: done,
    operations: tally.operations,
    seconds,
    sequencesPerSecond: done / seconds,
    meanAllowed: counts.pageSteps === 0 ? 0 : counts.allowed / counts.pageSteps,
    largestBelief: counts.largestBelief,
    explained: {
      sequences: tally.explained,
      share: done === 0 ? 0 : tally.explained / done,
      by: Object.fromEntries(tally.by),
    },
    incomplete: tally.incomplete,
    ...covered(judge, kernel, pairs, options.memory),
    disagreements,
    narrowed: narrowedBy(kernel),
    warnings: kernel.warnings(),
    losses,
    ...(failure !== undefined && { failure }),
  };
}

/** The disagreements, made short as far as there is a kernel to do it on; a sequence that costs a kernel is left as it is. */
async function shrunk(
  canShrink: boolean,
  kernel: Kernel,
  judge: Judge,
  tally: Tally,
  { onFound }: FuzzOptions,
): Promise<readonly ReportedDisagreement[]> {
  const disagreements: ReportedDisagreement[] = [];
  const costly = new Set((kernel.losses?.() ?? []).map(({ line }) => line));
  for (const { first, times } of tally.found.values()) {
    const left = !canShrink || disagreements.length >= shrunkMax || costly.has(sequenceLine(first.sequence));
    // oxlint-disable-next-line no-await-in-loop -- one kernel
    const short: Disagreement & { readonly again?: Again } = left ? first : await shrink(kernel, judge, first);
    if (!left) onFound?.(foundFiles(judge.design, short));
    const { sequence, verdict, again } = short;
    disagreements.push({
      sequence: sequenceLine(sequence),
      kind: sequence.kind,
      verdict,
      times,
      ...(again && { again }),
    });
  }
  return disagreements;
}

function outcomeOf(ended: string, tally: Tally, done: number, failed: boolean): FuzzResult['outcome'] {
  if (failed || tally.found.size > 0) return 'disagrees';
  if (ended === 'interrupted') return 'interrupted';
  // What only the environment explains, again and again, is not explained.
  if (tally.explained > explainedShareMax * done) return 'disagrees';
  return tally.incomplete.length > 0 ? 'incomplete' : 'agrees';
}

/** What was met of what can be met, and of the whole table. */
function covered(
  judge: Judge,
  kernel: Kernel,
  counts: ReadonlyMap<string, number>,
  memory?: Backing,
): Pick<FuzzResult, 'pairs' | 'coverage'> {
  const { design } = judge;
  const without = withoutOn(kernel);
  const all = kindsOn(design, kernel, memory).flatMap((kind) => reachablePairs(judge.session(kind).model, without));
  const missed = all.filter((pair) => !counts.has(pair));
  const pairs = { reachable: all.length, hit: all.length - missed.length, missed, counts: Object.fromEntries(counts) };
  return { pairs, coverage: coverageOf({ design, reachable: new Set(all), counts, without }) };
}
