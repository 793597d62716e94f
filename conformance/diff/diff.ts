import type { Sequence } from '../sequence.ts';
import { Contract } from './allowed.ts';
import { Asker, KernelFailed, Stopped } from './ask.ts';
import { compareProbes, type ProbesCompared } from './compare-probes.ts';
import { featureDifferences, knownCategories, type FeatureDifference } from './features.ts';
import { allPartings, confirm, grouped, isDifference, type Confirmed, type Group, type Pair } from './find.ts';
import { sharedKinds, sharedRandom, sharedVectors, type Extent, type Side } from './plan.ts';
import type { SessionKind } from '../../model/sequential/session.ts';
import { probes as allProbes, type Probe } from './probes.ts';
import { ofPartings, ofProbe, type Difference } from './sentences.ts';

/** What is run on both kernels. */
export interface DiffOptions extends Omit<Extent, 'kinds'> {
  /** The kinds of session; all that both kernels offer when left out. */
  readonly kinds?: readonly SessionKind[];
  readonly signal?: AbortSignal;
  /** The probes; all of them when left out. */
  readonly probes?: readonly Probe[];
  /** Told what is being done. */
  readonly progress?: (line: string) => void;
}

/** One of the two kernels, as the result names it. */
export interface DiffSide {
  readonly kernel: string;
  readonly release: string;
  readonly design: string;
  /** Complaints on its console. */
  readonly warnings: readonly string[];
}

/** What changed between two kernels. */
export interface DiffResult {
  readonly schemaVersion: 1;
  readonly left: DiffSide;
  readonly right: DiffSide;
  readonly outcome: 'same' | 'differs' | 'incomplete';
  readonly seed: number;
  /** How many sequences ran on both. */
  readonly ran: { readonly vectors: number; readonly random: number; readonly probes: number };
  /** What only one of them offers. */
  readonly features: readonly FeatureDifference[];
  readonly differences: readonly Difference[];
  /** Sequences on which they parted in a way that both contracts allow: reclaim took a page here and not there. */
  readonly allowedByBoth: number;
  /** Sequences on which they parted once, and did not part again when asked again. */
  readonly byChance: number;
  /** Probes that could not be asked, with the reason, and probes that were not answered the same each time. */
  readonly skipped: readonly { readonly probe: string; readonly because: string }[];
  readonly unsteady: readonly string[];
  readonly seconds: number;
  /** How a kernel went wrong, where one did: what came after that is not compared. */
  readonly failure?: string;
}

/** What has been found so far; a kernel that fails ends the search and takes nothing of it away. */
class Found {
  readonly differences: Difference[] = [];
  allowedByBoth = 0;
  byChance = 0;
  probes: ProbesCompared = { asked: 0, differences: [], skipped: [], unsteady: [] };
  failure: string | undefined;
}

/** The sequences on which the kernels part against their contracts, put together. */
async function groupsOf(pair: Pair, sequences: readonly Sequence[], found: Found): Promise<readonly Group[]> {
  const partings = await allPartings(pair, sequences);
  const against = partings.filter((one) => isDifference(pair.contracts, one));
  found.allowedByBoth += partings.length - against.length;
  return grouped(against);
}

async function search(
  pair: Pair,
  sides: readonly [Side, Side],
  sequences: readonly Sequence[],
  options: DiffOptions,
  found: Found,
): Promise<void> {
  const progress = options.progress ?? (() => undefined);
  progress(`${sequences.length} sequences on both kernels`);
  const groups = await groupsOf(pair, sequences, found);
  const confirmed: Confirmed[] = [];
  for (const [i, group] of groups.entries()) {
    progress(`looking again: ${i + 1} of ${groups.length} differences`);
    // oxlint-disable-next-line no-await-in-loop -- two kernels, one question at a time
    const one = await confirm(pair, group);
    if (one === undefined) found.byChance += group.partings.length;
    else confirmed.push(one);
  }
  found.differences.push(...ofPartings(confirmed, pair, sides));
  progress('probes');
  found.probes = await compareProbes(pair.left, pair.right, options.probes ?? allProbes);
  found.differences.push(...found.probes.differences.map((one) => ofProbe(one, sides)));
}

/**
 * Runs the same sequences on two kernels and puts what they show differently into sentences. Nothing is a difference that
 * both contracts allow, or that does not come again each time. Undefined when the user interrupts it.
 */
export async function diffKernels(left: Side, right: Side, options: DiffOptions): Promise<DiffResult | undefined> {
  const started = performance.now();
  const known = knownCategories(left.kernel, right.kernel);
  const sameCategories = [left, right].every(({ kernel }) => (kernel.probe.scan ?? []).length === known.size);
  const pair: Pair = {
    left: new Asker(left.kernel, known, options.signal),
    right: new Asker(right.kernel, known, options.signal),
    contracts: { left: new Contract(left.design, sameCategories), right: new Contract(right.design, sameCategories) },
  };
  const extent = { ...options, kinds: options.kinds ?? sharedKinds(left, right) };
  const vectors = sharedVectors(left, right, extent);
  const random = sharedRandom(left, right, extent);
  const found = new Found();
  try {
    await search(pair, [left, right], [...vectors, ...random], options, found);
  } catch (error) {
    if (error instanceof Stopped) return undefined;
    if (!(error instanceof KernelFailed)) throw error;
    found.failure = error.message;
  }
  const features = featureDifferences(left.kernel, right.kernel);
  const differs = features.length + found.differences.length > 0;
  const { differences, allowedByBoth, byChance, failure } = found;
  return {
    schemaVersion: 1,
    left: sideOf(left),
    right: sideOf(right),
    outcome: differs ? 'differs' : failure === undefined ? 'same' : 'incomplete',
    seed: options.seed,
    ran: { vectors: vectors.length, random: random.length, probes: found.probes.asked },
    features,
    differences,
    allowedByBoth,
    byChance,
    skipped: found.probes.skipped,
    unsteady: found.probes.unsteady,
    seconds: (performance.now() - started) / 1000,
    ...(failure !== undefined && { failure }),
  };
}

function sideOf({ kernel, design }: Side): DiffSide {
  return { kernel: kernel.name, release: kernel.release, design: design.name, warnings: kernel.warnings() };
}
