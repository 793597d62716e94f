import { chooseVectors } from '../../conformance/vectors/choose.ts';
import { runVectors, type RunResult } from '../../conformance/vectors/run.ts';
import { exitCodes } from './exit.ts';
import { withKernel } from './kernel.ts';
import { progress, writeWhole } from './output.ts';

/**
 * Runs the vectors of the running kernel, without effects on the rest of the machine, writes the result to a file and
 * returns what it came to, in lines; none where it cannot be done, which `withKernel` has said with the reason. That is
 * no failure of the caller's: its exit code stays. Undefined when the user interrupted it: the exit code says so, and
 * there is no file.
 */
export async function runningVectors(file: string): Promise<readonly string[] | undefined> {
  const before = process.exitCode;
  let result: RunResult | undefined;
  await withKernel('running', { system: false }, async (kernel, design, signal) => {
    const vectors = chooseVectors([], design);
    if ('kind' in vectors) throw new Error(`no vectors for ${design.name}`);
    progress(`${vectors.length} vectors on ${kernel.release}`);
    const ran = await runVectors(kernel, design.name, vectors, { system: false, signal });
    if (ran.outcome === 'interrupted') process.exitCode = exitCodes.interrupted;
    else result = ran;
  });
  if (process.exitCode === exitCodes.interrupted) return undefined;
  process.exitCode = before;
  if (result === undefined) return [];
  writeWhole(file, `${JSON.stringify(result, null, 1)}\n`);
  return vectorLines(result);
}

/** What the vectors came to, in a line for each reason of a skip. */
function vectorLines({ release, design, counts, seconds, results }: RunResult): readonly string[] {
  const { agrees, disagrees, skipped, incomplete } = counts;
  const reasons = new Map<string, number>();
  for (const { result, because = '' } of results) {
    if (result === 'skipped') reasons.set(because, (reasons.get(because) ?? 0) + 1);
  }
  return [
    `vectors on the running kernel, ${release}, judged by ${design}: ${agrees} agree, ${disagrees} disagree, ${skipped} skipped, ${incomplete} incomplete (${seconds.toFixed(1)} s)`,
    ...[...reasons].map(([because, count]) => `  skipped ${count}: ${because}`),
    ...results.flatMap((r) => (r.result === 'disagrees' ? [`  disagrees: ${r.id}`] : [])),
  ];
}
