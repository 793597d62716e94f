import { pageStep, valuesAfter, valuesBefore, type PageStep, type Values } from '../judge/seen.ts';
import type { PageSeen, SequenceSeen } from '../kernels/report.ts';
import type { Operation, Sequence } from '../sequence.ts';

/** Where two kernels part on a sequence: until there they have shown the same. */
export interface Parting {
  readonly sequence: Sequence;
  readonly step: number;
  /** The page of which they showed different things, and what; none where the sequence itself ended differently. */
  readonly page?: { readonly index: number; readonly left: PageStep; readonly right: PageStep };
  /** How the sequence ended, where that is what differs. */
  readonly ends?: { readonly left: string; readonly right: string };
  /** All that each showed. */
  readonly reports: { readonly left: SequenceSeen; readonly right: SequenceSeen };
  /** They have parted before, over what PAGEMAP_SCAN tells: it is left out from there on. */
  readonly scanApart: boolean;
}

/** PAGEMAP_SCAN categories that only one of two kernels knows are told once, not at every step. */
export type Known = ReadonlySet<string>;

function reduced(seen: PageSeen, known: Known): PageSeen {
  return seen.scan === null ? seen : { ...seen, scan: seen.scan.filter((category) => known.has(category)) };
}

/** What a kernel showed, without the categories that the other one does not know. */
export function comparable({ steps, ...rest }: SequenceSeen, known: Known): SequenceSeen {
  return {
    ...rest,
    steps: steps
      .filter(({ op }) => op !== 'set-up')
      .map((step) => ({
        ...step,
        pages: step.pages.map((page) => reduced(page, known)),
        ...(Array.isArray(step.out) &&
          step.op.startsWith('scan') && { out: step.out.map((one) => region(one, known)) }),
      })),
  };
}

function region(value: unknown, known: Known): unknown {
  if (typeof value !== 'object' || value === null || !('categories' in value)) return value;
  const { categories } = value;
  return { ...value, categories: Array.isArray(categories) ? categories.filter((one) => known.has(String(one))) : [] };
}

/** The steps of one page, in the words of the model. */
export function stepsOf(sequence: Sequence, { steps }: SequenceSeen, page: number): readonly PageStep[] {
  let values: Values = { newest: 0, saved: 0, asked: 'read' };
  return steps.map((step, i) => {
    const operation = sequence.operations[i] as Operation;
    values = valuesBefore(step, operation, page, values);
    const shown = pageStep(step, operation, page, values);
    values = valuesAfter(step, operation, page, values);
    return shown;
  });
}

/** The same step without what PAGEMAP_SCAN told. */
function withoutScan(step: PageStep): PageStep {
  const { key: _, ...rest } = { ...step, scan: undefined };
  return { ...rest, key: JSON.stringify(rest) };
}

/**
 * Where two reports of the same sequence part. What PAGEMAP_SCAN tells changes nothing, so where that is all, the
 * comparison goes on without it: a sequence parts there once, and may part once more for another reason.
 */
export function partingsOf(sequence: Sequence, left: SequenceSeen, right: SequenceSeen): readonly Parting[] {
  const pages = Array.from({ length: sequence.pages }, (_, index) => ({
    index,
    left: stepsOf(sequence, left, index),
    right: stepsOf(sequence, right, index),
  }));
  const found: Parting[] = [];
  const shared = Math.min(left.steps.length, right.steps.length);
  for (let step = 0; step < shared; step++) {
    for (const one of pages) {
      let [a, b] = [one.left[step] as PageStep, one.right[step] as PageStep];
      if (found.length > 0) [a, b] = [withoutScan(a), withoutScan(b)];
      if (a.key === b.key) continue;
      const page = { index: one.index, left: a, right: b };
      found.push({ sequence, step, page, reports: { left, right }, scanApart: found.length > 0 });
      if (withoutScan(a).key !== withoutScan(b).key) return found;
    }
  }
  if (left.end === right.end && left.steps.length === right.steps.length) return found;
  const ends = { left: left.end, right: right.end };
  return [...found, { sequence, step: shared, ends, reports: { left, right }, scanApart: found.length > 0 }];
}

/** All that a report shows of a sequence, as one text: equal texts, equal in the words of the model. */
export function asText(sequence: Sequence, seen: SequenceSeen): string {
  const pages = Array.from({ length: sequence.pages }, (_, page) => stepsOf(sequence, seen, page));
  return JSON.stringify([seen.end, pages.map((steps) => steps.map(({ key }) => key))]);
}
