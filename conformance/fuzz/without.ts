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
