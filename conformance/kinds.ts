import { kindsOf, sessions, type SessionKind } from '../model/sequential/session.ts';
import type { Backing, Design } from '../spec/index.ts';
import type { Kernel } from './kernels/kernel.ts';

/** True for a kind of session that takes huge pages of hugetlbfs. */
export function needsHugePages(kind: SessionKind): boolean {
  return sessions[kind].backing.startsWith('hugetlb');
}

/** The huge pages that one sequence may have at once: its own, and room for a page that is being moved or copied. */
const hugePagesMin = 16;

/** True when a kernel has the huge pages that sequences take. */
export function hasHugePages({ probe }: Kernel): boolean {
  return probe.hugePages >= hugePagesMin;
}

/** The kinds of session that a design offers and that a kernel has the memory for; of one kind of memory, if one is named. */
export function kindsOn(design: Design, kernel: Kernel, memory?: Backing): readonly SessionKind[] {
  return kindsOf(design).filter(
    (kind) =>
      (!needsHugePages(kind) || hasHugePages(kernel)) && (memory === undefined || sessions[kind].backing === memory),
  );
}
