import { type Anchor, type Assignment, type Local, type ProcessBuilder, type Term } from '../checker/language/index.ts';
import type { Kernel } from './kernel.ts';

/** A flush of the TLBs, one processor at a time. */
export interface Flush<Point extends string> {
  readonly rule: string;
  readonly does: Anchor;
  readonly at: Point;
  readonly to: Point;
  /** Which processor is next; back at 0 when all are done. */
  readonly cursor: Local<number>;
  /** Whether the translations of a page go. */
  readonly covers: (page: Term<number>) => Term<boolean>;
  /** When it is done at all: asked once, before the first processor. */
  readonly when?: Term<boolean>;
  /** What the last flush stores beside. */
  readonly last?: readonly Assignment[];
}

/** Adds the steps of a flush: processors in order, all pages of the range at once for each. */
export function flushTlb<Point extends string>(k: Kernel, p: ProcessBuilder<Point>, flush: Flush<Point>): void {
  const { cursor } = flush;
  const count = k.cpus.values.length;
  for (const c of k.cpus.values) {
    const isLast = c === count - 1;
    p.step(
      `${flush.rule}/flush${isLast ? '-last' : ''}`,
      {
        does: flush.does,
        says: `processor ${c} forgets its translations`,
        at: flush.at,
        to: isLast ? flush.to : flush.at,
      },
      () => ({
        when: [cursor.is(c), ...(flush.when && c === 0 ? [flush.when] : [])],
        then: [
          ...k.pages.values.map((v) => {
            const tlb = k.tlb(k.cpuTerm(c), k.pageTerm(v));
            return tlb.becomes(k.orElse(flush.covers(k.pageTerm(v)), 'none', tlb));
          }),
          cursor.becomes(isLast ? 0 : c + 1),
          ...(isLast ? (flush.last ?? []) : []),
        ],
      }),
    );
  }
}
