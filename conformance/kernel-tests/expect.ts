import type { PageSeen, SequenceSeen, StepSeen } from '../kernels/report.ts';
import type { KernelTestCase } from './kernel-test.ts';

/** Whether a kernel showed what one of its own tests asks for. */
export type Expected =
  | { readonly kind: 'met' }
  | {
      readonly kind: 'unmet';
      readonly step: number;
      readonly page: number;
      readonly word: string;
      readonly seen: string;
    };

interface Region {
  readonly lo: number;
  readonly hi: number;
}

/** True when a protecting scan has reported the page. */
function reported({ op, out }: StepSeen, page: number): boolean {
  if (!op.startsWith('scan-wp') || !Array.isArray(out)) return false;
  return (out as readonly Region[]).some(({ lo, hi }) => lo <= page && page <= hi);
}

/** Everything that may be asked of a page after a step, in words. */
function wordsOf(step: StepSeen, page: number, seen: PageSeen, newest: number): readonly string[] {
  const bits = (['present', 'swap', 'uffd', 'marker', 'file', 'exclusive'] as const).filter(
    (bit) => seen[bit] === true,
  );
  const messages = (step.msgs ?? []).filter((message) => message.page === page);
  return [
    ...bits,
    ...(seen.scan ?? []),
    seen.thread,
    `ret:${step.ret}`,
    ...(seen.signal === undefined ? [] : [seen.signal]),
    ...(seen.thread === 'done' && seen.signal === undefined && seen.value === newest ? ['kept'] : []),
    ...(reported(step, page) ? ['reported'] : []),
    ...(messages.length > 0 ? ['message'] : []),
    ...messages.map(({ event, flags = [] }) => `message:${[event, ...flags].join('+')}`),
  ];
}

/** `0-2 uffd !WRITTEN` as pages and words. */
function parsed(text: string): { readonly pages: readonly number[]; readonly words: readonly string[] } {
  const [where = '', ...words] = text.split(' ');
  const [lo = 0, hi = lo] = where.split('-').map(Number);
  return { pages: Array.from({ length: hi - lo + 1 }, (_, i) => lo + i), words };
}

/** The value that each page was written last, step by step. */
function newestOf(step: StepSeen, newest: readonly number[]): readonly number[] {
  const [verb, page, way] = step.op.split(' ');
  if (verb !== 'touch' || way !== 'w') return newest;
  const seen = step.pages[Number(page)];
  return newest.map((value, i) => (i === Number(page) && seen?.thread === 'done' ? (seen.value ?? value) : value));
}

/** Holds a report against what the test expects after each operation. */
export function expected({ test, sequence }: KernelTestCase, { steps, end }: SequenceSeen): Expected {
  let newest: readonly number[] = Array.from({ length: sequence.pages }, () => 0);
  for (const [i, [, ...expectations]] of test.steps.entries()) {
    const step = steps[i];
    if (step === undefined || step.op === 'set-up')
      return { kind: 'unmet', step: i, page: 0, word: 'the step', seen: end };
    newest = newestOf(step, newest);
    for (const { pages, words } of expectations.map(parsed)) {
      for (const page of pages) {
        const shown = step.pages[page];
        if (shown === undefined) return { kind: 'unmet', step: i, page, word: 'a report of the page', seen: 'none' };
        const seen = wordsOf(step, page, shown, newest[page] ?? 0);
        for (const word of words) {
          const name = word.replace(/^!/, '');
          if (seen.includes(name) !== word.startsWith('!')) continue;
          return { kind: 'unmet', step: i, page, word, seen: seen.join(' ') };
        }
      }
    }
  }
  if (end !== 'ok') return { kind: 'unmet', step: steps.length, page: 0, word: 'an end', seen: end };
  return { kind: 'met' };
}
