import type { GroundClaim, GroundProtocol } from '../language/index.ts';
import { attempt, canonicalSteps, isTrueIn, type Codes } from './interpreter.ts';

/** What the naive search found. */
export interface OracleResult {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** False when `maxStates` ended the search. */
  readonly complete: boolean;
  /** For each violated property the length of a shortest run that violates it. */
  readonly violated: ReadonlyMap<string, number>;
  /** Declared witnesses that were not reached, as `property: what it says`. */
  readonly missing: readonly string[];
  readonly neverFired: readonly string[];
  /** Every state, for comparing sets of states. */
  readonly seen: ReadonlyMap<string, number>;
}

/**
 * The same search in the plainest form there is: states as lists of codes in a `Map`, expressions read off their data, no
 * packing, no slicing, no resets. Slow, and short enough to be believed: the engine must agree with it.
 */
export function oracle(ground: GroundProtocol, maxStates = Infinity): OracleResult {
  const steps = canonicalSteps(ground);
  const violated = new Map<string, number>();
  const reached = new Set<string>();
  const fired = new Set<string>();
  const violate = (claim: GroundClaim, length: number): void =>
    void violated.set(claim.property, Math.min(length, violated.get(claim.property) ?? Infinity));
  const reach = (witness: GroundClaim): void => void reached.add(`${witness.property}: ${witness.says}`);

  const seen = new Map<string, number>([[JSON.stringify(ground.initial), 0]]);
  const queue: Codes[] = [ground.initial];
  let [transitions, depth, head] = [0, 0, 0];
  for (; head < queue.length && queue.length <= maxStates; head++) {
    const state = queue[head] as Codes;
    depth = seen.get(JSON.stringify(state)) as number;
    let isQuiet = true;
    for (const { step } of steps) {
      const result = attempt(ground, step, state);
      if (result.kind === 'disabled') continue;
      if (!step.voluntary) isQuiet = false;
      for (const claim of result.claims) violate(claim, depth + 1);
      if (result.kind === 'impossible') continue;
      result.witnesses.forEach(reach);
      fired.add(step.rule);
      transitions++;
      for (const w of ground.stateWitnesses) if (isTrueIn(ground, w, result.next)) reach(w);
      const key = JSON.stringify(result.next);
      if (seen.has(key)) continue;
      seen.set(key, depth + 1);
      queue.push(result.next);
    }
    for (const claim of ground.stateClaims) {
      if ((isQuiet || !claim.quiescent) && isTrueIn(ground, claim, state)) violate(claim, depth);
    }
  }
  return {
    states: queue.length,
    transitions,
    depth,
    complete: head === queue.length,
    violated,
    missing: ground.witnesses.map((w) => `${w.property}: ${w.says}`).filter((w) => !reached.has(w)),
    neverFired: ground.rules.filter((rule) => !fired.has(rule)),
    seen,
  };
}
