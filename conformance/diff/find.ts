import { sequenceLine, type Sequence } from '../sequence.ts';
import { smaller } from '../fuzz/shrink.ts';
import type { Contract } from './allowed.ts';
import type { Asker } from './ask.ts';
import { asText, partingsOf, type Parting } from './part.ts';
import { contrast } from './words.ts';

/** How often a difference is looked at again on each kernel before it is believed. */
export const repeats = 5;

/** Sequences of a group that are tried before it is given up as chance. */
const triesMax = 3;

/** Rounds in which one thing is taken away from a sequence. */
const roundsMax = 40;

/** Two kernels, and what is expected of each. */
export interface Pair {
  readonly left: Asker;
  readonly right: Asker;
  readonly contracts: { readonly left: Contract; readonly right: Contract };
}

/** Partings that look alike: the same operation, and the same things seen. */
export interface Group {
  readonly key: string;
  readonly partings: readonly Parting[];
}

/** A group whose difference came again each time, with the shortest sequence that was found for it. */
export interface Confirmed extends Group {
  readonly shortest: Parting;
  /** How often each kernel was asked. */
  readonly repeats: number;
}

/** The operation at which kernels part. */
export function partedAt({ sequence, step }: Parting): string {
  return sequence.operations[step]?.name ?? 'the end';
}

/** What two partings must have in common to be one difference. What PAGEMAP_SCAN tells is no doing of the operation before it. */
function keyOf(found: Parting): string {
  const { page, ends } = found;
  if (page === undefined) return [partedAt(found), ends?.left, ends?.right].join('|');
  const { aspect, left, right } = contrast(page.left, page.right);
  return [aspect === 'scan' ? '' : partedAt(found), left, right].join('|');
}

/** True when one of the designs does not allow what the other kernel showed: then it is no chance that both promise. */
export function isDifference({ left, right }: Pair['contracts'], found: Parting): boolean {
  return !(left.allowsOther(found, 'left') && right.allowsOther(found, 'right'));
}

/** Puts partings that look alike together; the shortest of each group first. */
export function grouped(partings: readonly Parting[]): readonly Group[] {
  const groups = new Map<string, Parting[]>();
  for (const one of partings) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  const size = ({ sequence, step }: Parting): number => step * 8 + sequence.pages;
  return [...groups].map(([key, all]) => ({ key, partings: all.toSorted((a, b) => size(a) - size(b)) }));
}

/** The sequence cut off after the operation at which the kernels part. */
function cut({ sequence, step }: Parting): Sequence {
  return { ...sequence, operations: sequence.operations.slice(0, step + 1) };
}

/** Asks both kernels again and again: a difference is one only when the two sets have nothing in common. */
async function comesAgain({ left, right }: Pair, sequence: Sequence): Promise<boolean> {
  const line = sequenceLine(sequence);
  const mine = (await left.repeat(line, repeats)).map((seen) => asText(sequence, seen));
  const theirs = new Set((await right.repeat(line, repeats)).map((seen) => asText(sequence, seen)));
  return mine.every((one) => !theirs.has(one));
}

/** Every parting of the kernels on these sequences. */
export async function allPartings(pair: Pair, sequences: readonly Sequence[]): Promise<readonly Parting[]> {
  const lines = sequences.map(sequenceLine);
  const mine = await pair.left.ask(lines);
  const theirs = await pair.right.ask(lines);
  return sequences.flatMap((sequence, i) => {
    const [a, b] = [mine[i], theirs[i]];
    return a && b ? partingsOf(sequence, a, b) : [];
  });
}

/** The shortest sequence that still shows what the group is about. */
async function shortest(pair: Pair, key: string, start: Parting): Promise<Parting> {
  let best = start;
  for (let round = 0; round < roundsMax; round++) {
    const candidates = smaller(cut(best), best.page?.index ?? 0).filter(({ operations }) => operations.length > 0);
    // oxlint-disable-next-line no-await-in-loop -- each round starts from what the last one found
    const found = await allPartings(
      pair,
      candidates.map((one, i) => ({ ...one, id: `try${i}` })),
    );
    const next = found.find((one) => keyOf(one) === key && isDifference(pair.contracts, one));
    if (next === undefined) break;
    best = { ...next, sequence: { ...next.sequence, id: start.sequence.id } };
  }
  return { ...best, sequence: cut(best) };
}

/** Looks at a group again; undefined when what it shows does not come again: then it was chance. */
export async function confirm(pair: Pair, group: Group): Promise<Confirmed | undefined> {
  for (const one of group.partings.slice(0, triesMax)) {
    // oxlint-disable-next-line no-await-in-loop -- the next is tried only if this one fails
    if (!(await comesAgain(pair, cut(one)))) continue;
    // oxlint-disable-next-line no-await-in-loop -- as above
    const least = await shortest(pair, group.key, one);
    // oxlint-disable-next-line no-await-in-loop -- as above
    const again = await comesAgain(pair, least.sequence);
    return { ...group, shortest: again ? least : { ...one, sequence: cut(one) }, repeats };
  }
  return undefined;
}
