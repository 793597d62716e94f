import {
  applyMutant,
  flipTable,
  flipText,
  type DropRow,
  type FlipRow,
  type FlipVerdict,
  type HeldProperty,
  type RunJobs,
} from '../model/index.ts';
import type { DesignName } from '../spec/index.ts';
import { defectJson, type JudgedDefect } from './ledger.ts';
import { rejectsByRecordings, type Rejection } from './rejects.ts';

/** One flipped decision: what the checker makes of it, and what recorded kernels say. */
export interface JudgedFlip extends FlipRow {
  readonly recordings: Rejection;
  /** Why nothing rejects it, where nothing does. */
  readonly because?: string;
}

/**
 * Why a flip of linux-7.3 is rejected neither by a property nor by what a kernel showed. `faultline mutants` holds
 * the list to the table, and fails where a reason is missing or is given for a flip that is rejected.
 */
export const whyNeither: Readonly<Record<string, string>> = {
  'writableMigrationRestoresBit=true':
    'a writable migration entry with the bit arises only when a protecting scan meets a page on the move; what the shipped kernel does then reports a page as written that was not, which no promise forbids, and no kernel can be stopped there without a debugger',
  'scanDowngradesMigration=true': 'the same window, mended at its other end',
  'mprotectKeepsBitOnWritableMigration=true': 'the same entry, met by mprotect',
  'numaScanSkipsRwp=true': 'the scan only hints; leaving RWP memory out costs the scheduler, and breaks no promise',
  'mremapRestoresAccess=false':
    'what is left without access and without the bit, where nobody is registered, is a NUMA hint: the next access resolves it, and nothing else shows it',
  'swapInTakesSole=true':
    'it allows more than it forbids: whether a page that nobody else uses any more is taken at the swap-in or at the first write, nobody can tell',
  'wpFaultFlushesPending=false':
    'the corruption needs two calls at once, one that protects and one that unprotects, beside two writers; the manager here is one thread',
  'hugetlbFaultClearsStale=false':
    'in 7.3 no call leaves a bit behind in a VMA that has no use for it, since REGISTER drops no protection: 6.18, where it does, refutes the other value',
  'hugetlbMapAsksMode=false': 'the same: it takes a marker in a VMA without WP',
  'mustWaitOnEmpty=go-on':
    'this is no defect but what would mend one: see the finding about wake-ups lost on an empty entry',
};

/** True when a property is lost. */
const byChecker = ({ checker }: FlipRow): boolean => checker.kind === 'rejected';

/** All flips of a design, judged; and what holds for it, with the flips that break it. */
export interface JudgedFlips {
  readonly rows: readonly JudgedFlip[];
  readonly drops: readonly DropRow[];
  readonly held: readonly HeldProperty[];
}

/** Holds what the checker made of a flip against the recordings. */
export function judgedFlip(row: FlipRow): JudgedFlip {
  const recordings = rejectsByRecordings(applyMutant(row.flip.mutant, row.flip.id).design);
  const because = byChecker(row) || recordings.rejected ? undefined : whyNeither[row.flip.id];
  return { ...row, recordings, ...(because !== undefined && { because }) };
}

/** Flips every decision of a design, and holds each against the checker and against the recordings. */
export async function judgedFlips(design: DesignName, run: RunJobs, drops = false): Promise<JudgedFlips> {
  const { rows, ...rest } = await flipTable(design, run, { drops });
  return { rows: rows.map(judgedFlip), ...rest };
}

/** What is wrong with the reasons: a flip that nothing rejects without one, or one for a flip that is rejected. */
export function wrongReasons(rows: readonly JudgedFlip[]): readonly string[] {
  return rows.flatMap((row) => {
    const rejected = byChecker(row) || row.recordings.rejected;
    const reason = whyNeither[row.flip.id];
    if (!rejected && reason === undefined) return [`${row.flip.id} is rejected by nothing, and no reason is given`];
    if (rejected && reason !== undefined) return [`${row.flip.id} is rejected, and a reason is given why it is not`];
    return [];
  });
}

/** One row as text. */
export function judgedFlipText(row: JudgedFlip): string {
  const { recordings } = row;
  const kernel = recordings.rejected
    ? `${recordings.recording.replace('.json.gz', '')} ${recordings.sequence}: ${recordings.operation}`
    : `not refuted by ${recordings.sequences} sequences`;
  return [
    `checker: ${flipText(row.checker)}`,
    `kernel: ${kernel}`,
    ...(row.because ? [`neither: ${row.because}`] : []),
  ].join('\n    ');
}

/** How many of the properties that hold some mutant breaks, and which none does. */
export function heldText(held: readonly HeldProperty[]): readonly string[] {
  const never = held.filter(({ lostTo }) => lostTo.length === 0);
  return [
    `${held.length} properties hold in worlds of the design; ${held.length - never.length} of them are lost to some mutant`,
    ...never.map(({ scenario, variant, property }) => `no mutant breaks ${property} in ${scenario} (${variant})`),
  ];
}

/** What the checker says of a flip, as published. */
function checkerJson(verdict: FlipVerdict): object {
  if (verdict.kind !== 'rejected') return verdict;
  const { kind, property, steps, scenario, variant, cpus, states } = verdict;
  return { kind, property, steps, scenario, variant, cpus, states };
}

/** How many flips there are, and what rejects them. */
export function flipsSummary(rows: readonly JudgedFlip[]): string {
  const by = { both: 0, checker: 0, recordings: 0, neither: 0 };
  for (const row of rows) {
    const found = byChecker(row);
    by[
      found && row.recordings.rejected ? 'both' : found ? 'checker' : row.recordings.rejected ? 'recordings' : 'neither'
    ]++;
  }
  return `${rows.length} flips: ${by.both} rejected by both, ${by.checker} by the checker alone, ${by.recordings} by recordings alone, ${by.neither} by neither`;
}

/** How many branches were made to do nothing, and how many of those the checker rejects; nothing where none was. */
export function dropsSummary(drops: readonly DropRow[]): readonly string[] {
  const found = drops.filter(({ checker }) => checker.kind === 'rejected').length;
  if (drops.length === 0) return [];
  return [`${drops.length} branches made to do nothing: the checker rejects ${found} of them`];
}

/** The object of `mutants --json`. */
export function mutantsJson(
  design: DesignName,
  defects: readonly JudgedDefect[],
  { rows, drops, held }: JudgedFlips,
  wrong: readonly string[],
): object {
  return {
    schemaVersion: 1,
    design,
    defects: defects.map(defectJson),
    flips: rows.map(({ flip, checker, ...rest }) => ({ id: flip.id, checker: checkerJson(checker), ...rest })),
    rules: drops.map(({ id, checker }) => ({ id, checker: checkerJson(checker) })),
    held,
    wrongReasons: wrong,
  };
}
