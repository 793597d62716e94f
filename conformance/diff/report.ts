import type { DiffResult, DiffSide } from './diff.ts';

const side = ({ kernel, release, design }: DiffSide): string => `${kernel} (${release}, judged by ${design})`;

/** What changed between two kernels, for reading. */
export function diffText(result: DiffResult): string {
  const { left, right, ran, features, differences, allowedByBoth, byChance, skipped, unsteady, failure } = result;
  const lines = [
    `${side(left)} and ${side(right)}`,
    `${ran.vectors} vectors, ${ran.random} random sequences (seed ${result.seed}) and ${ran.probes} probes on both, in ${result.seconds.toFixed(1)} s`,
    '',
    ...features.map(({ sentence }) => `* ${sentence}`),
    ...differences.flatMap(({ sentence, sequence, from, others, kinds, repeats }) => [
      `* ${sentence}`,
      `    ${sequence}`,
      `    from ${from}, ${repeats} times the same on each${others > 0 ? `; ${others} more like it` : ''}${kinds.length > 0 ? `; in ${kinds.join(', ')}` : ''}`,
    ]),
    ...(features.length + differences.length === 0 ? ['no difference was found'] : []),
    '',
    ...skipped.map(({ probe, because }) => `not asked: ${probe}: ${because}`),
    ...unsteady.map((probe) => `not the same each time: ${probe}`),
    `${allowedByBoth} sequences parted in a way that both contracts allow, ${byChance} parted once and not again`,
    ...[left, right].flatMap(({ release, warnings }) => warnings.map((line) => `console of ${release}: ${line}`)),
    ...(failure === undefined ? [] : [`failed: ${failure}`]),
    `${features.length} features, ${differences.length} differences: ${result.outcome}`,
  ];
  return `${lines.join('\n')}\n`;
}
