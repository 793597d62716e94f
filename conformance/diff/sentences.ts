import { sequenceLine, type Sequence } from '../sequence.ts';
import type { SessionKind } from '../../model/sequential/session.ts';
import type { ProbeDifference } from './compare-probes.ts';
import { probeRepeats } from './compare-probes.ts';
import { title } from './features.ts';
import { partedAt, type Confirmed, type Pair } from './find.ts';
import type { Side } from './plan.ts';
import { callOf, contrast, inOrder } from './words.ts';

/** Something that two kernels do differently, each time. */
export interface Difference {
  /** In the words of the contract. */
  readonly sentence: string;
  /** What each kernel showed. */
  readonly left: string;
  readonly right: string;
  /** The operation at which they part. */
  readonly operation: string;
  /** The kinds of session in which they do. */
  readonly kinds: readonly SessionKind[];
  /** The shortest sequence that was found for it, as the runner reads it. */
  readonly sequence: string;
  /** The vector, the random sequence or the probe that showed it first. */
  readonly from: string;
  /** How many other sequences showed the same. */
  readonly others: number;
  /** How often each kernel was asked again, with the same answer. */
  readonly repeats: number;
}

/** Operations that only open what the sequence is about. */
const opening = new Set(['api', 'register-staging']);

function before({ operations }: Sequence): string {
  const names = operations.slice(0, -1).map(({ name }) => name);
  const told = names.filter((name) => !opening.has(name));
  return told.length === 0 ? '' : `After ${inOrder(told)}, `;
}

function ofParting(
  { shortest, partings, repeats }: Confirmed,
  pair: Pair,
  [left, right]: readonly [Side, Side],
): Difference {
  const { sequence, page, ends } = shortest;
  const told = page
    ? contrast(page.left, page.right)
    : { left: `the sequence ends with ${ends?.left}`, right: `the sequence ends with ${ends?.right}` };
  const known = pair.contracts.right.form(shortest, 'right') ?? pair.contracts.left.form(shortest, 'left');
  const form = known === undefined ? '' : ` (the entry before it: ${known})`;
  const operation = partedAt(shortest);
  const sentence = `${before(sequence)}${callOf(operation)}${form}: on ${title(left.kernel)} ${told.left}; on ${title(right.kernel)} ${told.right}`;
  return {
    sentence: sentence.charAt(0).toUpperCase() + sentence.slice(1),
    left: told.left,
    right: told.right,
    operation,
    kinds: [...new Set(partings.map(({ sequence: { kind } }) => kind))],
    sequence: sequenceLine(sequence),
    from: sequence.id,
    others: partings.length - 1,
    repeats,
  };
}

/** The differences that sequences have shown, those that most of them show first. */
export function ofPartings(all: readonly Confirmed[], pair: Pair, sides: readonly [Side, Side]): readonly Difference[] {
  return all.map((one) => ofParting(one, pair, sides)).toSorted((a, b) => b.others - a.others);
}

/** The difference that a probe has shown. */
export function ofProbe({ probe, left, right, line }: ProbeDifference, sides: readonly [Side, Side]): Difference {
  const [mine, theirs] = sides.map(({ kernel }) => title(kernel));
  const operations = probe.line.split(' | ');
  return {
    sentence: `${probe.asks} ${left} on ${mine}, ${right} on ${theirs}`,
    left,
    right,
    operation: operations[probe.about] ?? '',
    kinds: [],
    sequence: line,
    from: `probe ${probe.id}`,
    others: 0,
    repeats: probeRepeats,
  };
}
