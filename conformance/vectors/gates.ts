import type { Kernel } from '../kernels/kernel.ts';
import { hasHugePages } from '../kinds.ts';
import type { Vector } from './vector.ts';

/** UFFD features by name, as bits of the word that UFFDIO_API answers. */
export const featureBits: Readonly<Record<string, number>> = {
  'pagefault-flag-wp': 0,
  'event-fork': 1,
  'event-remap': 2,
  'event-remove': 3,
  'missing-hugetlbfs': 4,
  'missing-shmem': 5,
  'event-unmap': 6,
  sigbus: 7,
  'thread-id': 8,
  'minor-hugetlbfs': 9,
  'minor-shmem': 10,
  'exact-address': 11,
  'wp-hugetlbfs-shmem': 12,
  'wp-unpopulated': 13,
  poison: 14,
  'wp-async': 15,
  move: 16,
  rwp: 17,
  'rwp-async': 18,
};

/** Is a release as new as that version? Candidates of a version count as it. */
function isAsNewAs(release: string, version: string): boolean {
  const [major = 0, minor = 0] = release.split(/[.-]/).map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = version.split('.').map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/** The features of these that a kernel does not have. */
export function missingFeatures(names: readonly string[], { probe }: Kernel): readonly string[] {
  const word = probe.features ?? 0;
  return names.filter((name) => Math.floor(word / 2 ** (featureBits[name] ?? 52)) % 2 === 0);
}

/** Why a kernel cannot run a vector, or undefined when it can. `system`: effects on the whole machine are allowed. */
export function closedGate(vector: Vector, kernel: Kernel, system: boolean): string | undefined {
  const { gates, sideEffects } = vector;
  const missing = missingFeatures(gates.features, kernel);
  if (missing.length > 0) return `this kernel has no ${missing.join(', ')}`;
  if (!isAsNewAs(kernel.release, gates.version)) return `needs Linux ${gates.version}`;
  if (gates.numa && kernel.probe.nodes < 2) return 'needs two NUMA nodes';
  if (sideEffects === 'system' && !system)
    return `${gates.swap ? 'swaps pages out' : 'takes huge pages'}, which the whole machine notices: --system allows it`;
  if (gates.swap && kernel.probe.swapBytes === 0) return 'needs swap';
  if (gates.hugePages && !hasHugePages(kernel)) return 'needs huge pages';
  if (vector.about === 'swapoff' && !kernel.probe.swapOff) return 'needs a swap area that it may switch off';
  return undefined;
}

/** The bits of features in the word of UFFDIO_API. */
export function featureWord(features: readonly string[]): number {
  return features.reduce((word, name) => word + 2 ** (featureBits[name] ?? 52), 0);
}
