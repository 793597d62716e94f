import {
  forbidden,
  type GroundClaim,
  type GroundExpression,
  type GroundProtocol,
  type GroundStep,
  type Table,
} from '../language/index.ts';
import { ProtocolFault } from '../fault.ts';

/** A state as the language sees it: the code of each slot. */
export type Codes = readonly number[];

function entry(table: Table, args: readonly GroundExpression[], state: Codes): number {
  let at = 0;
  args.forEach((arg, i) => (at = at * (table.args[i]?.values.length ?? 1) + evaluate(arg, state)));
  return table.codes[at] ?? forbidden;
}

/**
 * The code of an expression, read straight off its data; `and`, `or` and `if` look at no more parts than they need.
 *
 * @throws Error where a sum leaves its range or a table is asked for an impossible entry.
 */
export function evaluate(e: GroundExpression, state: Codes): number {
  switch (e.kind) {
    case 'constant':
      return e.code;
    case 'slot':
      return state[e.slot] as number;
    case 'equal':
      return evaluate(e.left, state) === evaluate(e.right, state) ? 1 : 0;
    case 'less':
      return evaluate(e.left, state) < evaluate(e.right, state) ? 1 : 0;
    case 'not':
      return 1 - evaluate(e.of, state);
    case 'and':
      return e.of.every((part) => evaluate(part, state) === 1) ? 1 : 0;
    case 'or':
      return e.of.some((part) => evaluate(part, state) === 1) ? 1 : 0;
    case 'if':
      return evaluate(evaluate(e.when, state) === 1 ? e.then : e.otherwise, state);
    case 'forbidden':
      return entry(e.table, e.args, state) === forbidden ? 1 : 0;
    case 'table': {
      const code = entry(e.table, e.args, state);
      if (code === forbidden) throw new Error(`table ${e.table.name} is asked for an impossible entry`);
      return code;
    }
    case 'plus': {
      const code = evaluate(e.of, state) + e.by;
      if (code < 0 || code >= e.limit) throw new Error(`a sum is ${code}, outside 0..${e.limit - 1}`);
      return code;
    }
  }
}

/** What became of an attempt to take a step. */
export type Attempt =
  | { readonly kind: 'disabled' }
  /** Enabled, but a machine has no answer: the claim `impossible` is violated and nothing is stored. */
  | { readonly kind: 'impossible'; readonly claims: readonly GroundClaim[] }
  | {
      readonly kind: 'taken';
      readonly next: Codes;
      /** The claims that this step violates. */
      readonly claims: readonly GroundClaim[];
      readonly witnesses: readonly GroundClaim[];
    };

function take(step: GroundStep, state: Codes): Attempt {
  if (!step.from.includes(state[step.pc] as number) || evaluate(step.guard, state) === 0) return { kind: 'disabled' };
  const broken = step.asserts.find((a) => evaluate(a.of, state) === 0);
  if (broken) throw new Error(broken.says);
  const isTrue = (c: GroundClaim): boolean => evaluate(c.of, state) === 1;
  const impossible = step.claims.filter((c) => c.property === 'impossible' && isTrue(c));
  if (impossible.length > 0) return { kind: 'impossible', claims: impossible };
  const next = [...state];
  for (const { slot, value } of step.stores) next[slot] = evaluate(value, state);
  if (step.to !== undefined) next[step.pc] = step.to;
  const claims = step.claims.filter((c) => c.property !== 'impossible' && isTrue(c));
  return { kind: 'taken', next, claims, witnesses: step.witnesses.filter(isTrue) };
}

/**
 * Takes a step if it is enabled.
 *
 * @throws ProtocolFault when the protocol itself is wrong there: a lock that is not held, a sum out of range.
 */
export function attempt(ground: GroundProtocol, step: GroundStep, state: Codes): Attempt {
  try {
    return take(step, state);
  } catch (error) {
    throw ProtocolFault.inStep(ground, step, state, error);
  }
}

/**
 * Whether a claim on states is true.
 *
 * @throws ProtocolFault when a sum in it leaves its range.
 */
export function isTrueIn(ground: GroundProtocol, claim: GroundClaim, state: Codes): boolean {
  try {
    return evaluate(claim.of, state) === 1;
  } catch (error) {
    throw ProtocolFault.inClaim(ground, claim, state, error);
  }
}

/** The ground steps in canonical order: by actor, then as declared. All searches take them in this order. */
export function canonicalSteps(
  ground: GroundProtocol,
): readonly { readonly number: number; readonly step: GroundStep }[] {
  const rank = new Map(ground.actors.map((actor, i) => [actor.name, i]));
  return ground.steps
    .map((step, number) => ({ number, step }))
    .toSorted((a, b) => (rank.get(a.step.actor) ?? 0) - (rank.get(b.step.actor) ?? 0) || a.number - b.number);
}
