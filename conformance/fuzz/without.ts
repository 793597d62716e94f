import type { Kernel } from '../kernels/kernel.ts';

/** The operations that a kernel cannot be asked for. */
export function withoutOn(kernel: Kernel): ReadonlySet<string> {
  const { swapBytes, swapOff, nodes } = kernel.probe;
  return new Set([
    ...(swapBytes === 0 ? ['pageout'] : []),
    ...(swapOff ? [] : ['swapoff']),
    ...(nodes < 2 ? ['migrate'] : []),
  ]);
}

/** Why there are operations that a kernel cannot be asked for: {@link withoutOn} in words, a line for each. */
export function narrowedBy(kernel: Kernel): readonly string[] {
  const { swapBytes, swapOff, nodes, features } = kernel.probe;
  const rwp = Math.floor((features ?? 0) / 2 ** 17) % 2 === 1;
  return [
    ...(rwp ? [] : ['no session of read-write-protect: this kernel has no rwp']),
    ...(swapBytes === 0 ? ['no page is swapped out: there is no swap'] : []),
    ...(swapOff ? [] : ['no swap area is taken away: the swap is not ours']),
    ...(nodes < 2 ? ['no page is migrated: there is one NUMA node'] : []),
  ];
}
