import { applyMutant, ledgerTable, type DefectRow, type RunJobs } from '../model/index.ts';
import { recordings, rejectsByRecordings, type Rejection } from './rejects.ts';

/** One defect of the ledger: what the searches find, and what recorded kernels say; nothing where it is no mutant. */
export interface JudgedDefect extends DefectRow {
  readonly recordings?: Rejection;
}

/** Holds a defect against the recordings of kernels, where it is a mutant. */
export function judgedDefect(row: DefectRow): JudgedDefect {
  const { id, expressed } = row.defect;
  if (expressed.kind !== 'mutant') return row;
  const { design, changes } = applyMutant(expressed.mutant, id);
  return { ...row, recordings: rejectsByRecordings(design, recordings(), changes) };
}

/** Puts every defect of the ledger back, and holds each against the checker and against the recordings. */
export async function judgedDefects(run: RunJobs): Promise<readonly JudgedDefect[]> {
  return (await ledgerTable(run)).map(judgedDefect);
}

/** What is wrong with the ledger: a defect that does not break what it is said to break, or breaks something unsaid. */
export function wrongDefects(rows: readonly JudgedDefect[]): readonly string[] {
  return rows.flatMap(({ defect: { id, breaks, because, expressed }, found, also }) => {
    if (expressed.kind === 'not-yet') return [];
    if (breaks !== undefined && !found) return [`${id} is said to break ${breaks}, and no search finds it`];
    if (breaks === undefined && because === undefined) return [`${id} breaks nothing, and no reason is given`];
    if (breaks === undefined && also.length > 0)
      return [`${id} is said to break nothing, and breaks ${also.join(', ')}`];
    return [];
  });
}

function recordingText(recorded: Rejection | undefined): string[] {
  if (recorded === undefined) return [];
  if (!recorded.rejected) return [`kernel: not refuted by ${recorded.sequences} sequences`];
  const { recording, sequence, operation } = recorded;
  return [`kernel: ${recording.replace('.json.gz', '')} ${sequence}: ${operation}`];
}

/** One defect as text. */
export function defectText({ defect, found, also, recordings: recorded }: JudgedDefect): string {
  const { id, says, where, history, expressed, because } = defect;
  const others = also.length > 0 ? `; ${found ? 'also ' : ''}${also.join(', ')}` : '';
  const checker = found
    ? `checker: ${found.property} in ${found.steps} steps: ${found.scenario} (${found.variant}), ${found.states} states${others}`
    : `checker: no property is lost${others}`;
  const judged = expressed.kind === 'not-yet' ? [`not in the model yet: it takes ${expressed.needs}`] : [checker];
  return [
    id,
    says,
    `${where.path} ${where.name}(), ${history}`,
    ...judged,
    ...recordingText(recorded),
    ...(because === undefined ? [] : [`because: ${because}`]),
  ].join('\n    ');
}

/** How many defects there are, and what finds them. */
export function ledgerSummary(rows: readonly JudgedDefect[]): string {
  const expressed = rows.filter(({ defect }) => defect.expressed.kind !== 'not-yet');
  const found = expressed.filter((row) => row.found);
  const refuted = expressed.filter((row) => row.recordings?.rejected);
  return `${rows.length} real defects: ${expressed.length} can be put back in this model, the checker finds ${found.length} of them, recorded kernels refute ${refuted.length}`;
}

/** One defect in the JSON of `mutants --json`. */
export function defectJson({ defect, found, also, recordings: recorded }: JudgedDefect): object {
  const { id, says, where, history, expressed, breaks, because } = defect;
  return {
    id,
    says,
    where,
    history,
    kind: expressed.kind,
    ...(expressed.kind === 'not-yet' && { needs: expressed.needs }),
    ...(breaks !== undefined && { breaks }),
    ...(because !== undefined && { because }),
    ...(found && { found }),
    also,
    ...(recorded && { recordings: recorded }),
  };
}
