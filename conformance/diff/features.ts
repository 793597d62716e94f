import type { Kernel } from '../kernels/kernel.ts';
import { featureBits } from '../vectors/gates.ts';

/** Something that one of two kernels offers and the other does not. */
export interface FeatureDifference {
  readonly feature: string;
  /** The kernel that has it. */
  readonly in: 'left' | 'right';
  readonly sentence: string;
}

/** What a kernel is called in sentences: its version, or the candidate of one that the user named. */
export function title({ name, release }: Pick<Kernel, 'name' | 'release'>): string {
  const version = /^\d+\.\d+(\.\d+)?/.exec(release)?.[0] ?? release;
  return `Linux ${name.startsWith(`${version}-`) ? name : version}`;
}

function offers(kernel: Kernel): ReadonlyMap<string, string> {
  const { features, scan } = kernel.probe;
  const bits = Object.entries(featureBits).filter(([, bit]) => Math.floor((features ?? 0) / 2 ** bit) % 2 === 1);
  return new Map([
    ...bits.map(([name]): [string, string] => [
      name,
      `the feature UFFD_FEATURE_${name.toUpperCase().replaceAll('-', '_')}`,
    ]),
    ...(scan ?? []).map((name): [string, string] => [`scan ${name}`, `the PAGEMAP_SCAN category ${name}`]),
  ]);
}

/** What only one of two kernels offers, a sentence each. */
export function featureDifferences(left: Kernel, right: Kernel): readonly FeatureDifference[] {
  const [mine, theirs] = [offers(left), offers(right)];
  const only = (has: typeof mine, lacks: typeof mine, side: 'left' | 'right'): readonly FeatureDifference[] => {
    const [owner, other] = side === 'left' ? [left, right] : [right, left];
    return [...has]
      .filter(([feature]) => !lacks.has(feature))
      .map(([feature, what]) => ({
        feature,
        in: side,
        sentence: `${title(owner)} has ${what}; ${title(other)} has not`,
      }));
  };
  return [...only(mine, theirs, 'left'), ...only(theirs, mine, 'right')];
}

/** The PAGEMAP_SCAN categories that both know. */
export function knownCategories(left: Kernel, right: Kernel): ReadonlySet<string> {
  const theirs = new Set<string>(right.probe.scan ?? []);
  return new Set((left.probe.scan ?? []).filter((category) => theirs.has(category)));
}
