import { designs, type Design } from '../spec/index.ts';
import type { Kernel } from './kernels/kernel.ts';
import { skipped, type Skipped } from './runner/skipped.ts';

/** The design that a kernel is judged by, and what is to be said about that. */
export interface JudgedBy {
  readonly kind: 'design';
  readonly design: Design;
  /** Set when the design was written from another release. */
  readonly note?: string;
}

/** The first release with PAGEMAP_SCAN, without which little can be seen. */
const oldest = [6, 7] as const;

const rwpBit = 2 ** 17;

/** The design that a kernel is judged by: that of its version, or the nearest one with its features. */
export function designOf(kernel: Kernel): JudgedBy | Skipped {
  const [major = 0, minor = 0] = (/^(\d+)\.(\d+)/.exec(kernel.release)?.slice(1) ?? []).map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1]) || kernel.probe.scan === null) {
    return skipped(`no design describes Linux ${kernel.release}: PAGEMAP_SCAN came with ${oldest.join('.')}`);
  }
  const rwp = Math.floor((kernel.probe.features ?? 0) / rwpBit) % 2 === 1;
  const design = designs[rwp ? 'linux-7.3' : 'linux-6.18'];
  const own = design.name === `linux-${major}.${minor}`;
  return {
    kind: 'design',
    design,
    ...(!own && { note: `Linux ${kernel.release} is judged by ${design.name}, the nearest design with its features` }),
  };
}
