import type { Step, Trace } from './review/report.ts';
import { isEntry, isGhost } from './review/shown.ts';

/** What of an entry is worth a word in a picture, in this order. */
const parts = ['form', 'write', 'access', 'uffd'] as const;
/** Values that say nothing: what an entry is when nothing else is said. */
const silent: ReadonlySet<string> = new Set(['no', 'vma', 'clear', 'none', '-']);

type Entry = Readonly<Record<string, string>>;

/** Applies the changes of a step to what is known of the entry; `side` says whether before or after them. */
function known(entry: Entry, { changes }: Step, side: 'from' | 'to'): Entry {
  const mine = changes.flatMap((change): [string, string][] => {
    const part = isEntry(change) ? change.name.split('.')[1] : undefined;
    return part === undefined ? [] : [[part, change[side]]];
  });
  return side === 'from' ? { ...Object.fromEntries(mine), ...entry } : { ...entry, ...Object.fromEntries(mine) };
}

const entryText = (entry: Entry): string => {
  const [form = '', ...marks] = parts.map((part) => entry[part] ?? '');
  return [form, ...marks.filter((mark) => mark !== '' && !silent.has(mark))].join(' ');
};

/** A step belongs in the picture when it changes the entry or what was promised, or looks at the entry and leaves it. */
function isTelling(step: Step): boolean {
  if (step.changes.some((change) => isEntry(change) || isGhost(change))) return true;
  return step.changes.length === 0 && step.says.includes('left alone');
}

/**
 * A counterexample as a small picture of text: a lane for each actor, the entry after each step, and what was done. Steps
 * that touch neither the entry nor a promise (locks, flushes, bookkeeping) are left out; the numbers are those of the
 * whole trace. A trace of one page.
 */
export function pictureOf(property: string, { claim, explained: steps }: Trace): string {
  const numbered = steps.map((step, i) => ({ step, number: i + 1 }));
  const telling = numbered.filter(({ step }) => isTelling(step));
  const actors = [...new Set(telling.map(({ step }) => step.actor))].toSorted();
  const width = Math.max(...actors.map((actor) => actor.length)) + 2;
  let entry = steps.reduce((before: Entry, step) => known(before, step, 'from'), {});
  const rows = numbered.flatMap(({ step, number }) => {
    entry = known(entry, step, 'to');
    if (!isTelling(step)) return [];
    const lanes = actors.map((actor) => (actor === step.actor ? '●' : '│').padEnd(width));
    const does = step.function === undefined ? '' : `${step.function}(): `;
    return [
      { head: `${String(number).padStart(4)}  ${lanes.join('')}`, entry: entryText(entry), says: does + step.says },
    ];
  });
  const entryWidth = Math.max(...rows.map((row) => row.entry.length), 'entry'.length) + 2;
  return [
    `${'step'.padStart(4)}  ${actors.map((actor) => actor.padEnd(width)).join('')}${'entry'.padEnd(entryWidth)}what happens`,
    ...rows.map((row) => `${row.head}${row.entry.padEnd(entryWidth)}${row.says}`),
    '',
    `${' '.repeat(6)}${property}: ${claim}`,
  ].join('\n');
}
