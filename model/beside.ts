import { differsOnlyWhereUnreached, type CheckResult, type Verdict } from '../checker/index.ts';
import type { GroundProtocol } from '../checker/language/index.ts';

/** One verdict for each property. */
export type Verdicts = Readonly<Record<string, Verdict['verdict']>>;

/** What came of a mutant's world, next to the one of the design that it changes. */
export interface Beside {
  readonly result: CheckResult;
  /** The mutant changes nothing that is reachable. */
  readonly unchanged: boolean;
  /** The verdicts of the design's own world, by property. */
  readonly own: Verdicts;
}

/** True when a trace of one is a trace of the other, number for number. */
function sameNumbers(a: GroundProtocol, b: GroundProtocol): boolean {
  const heading = (of: GroundProtocol): string =>
    JSON.stringify(of.steps.map(({ rule, actor, chosen, outcome }) => [rule, actor, chosen, outcome]));
  return heading(a) === heading(b);
}

/** True when two searches saw the same: as many states and transitions, and every rule fired as often. */
function sameGraph(a: CheckResult, b: CheckResult): boolean {
  const seen = ({ states, transitions, depth, rules, tableRules }: CheckResult): string =>
    JSON.stringify([states, transitions, depth, rules, tableRules]);
  return seen(a) === seen(b);
}

const verdictsOf = ({ results }: CheckResult): Verdicts =>
  Object.fromEntries(results.map(({ property, verdict }) => [property, verdict]));

/** The design's own world and what came of it; none where the design has no such world. */
export type Own = { readonly ground: GroundProtocol; readonly result: CheckResult } | undefined;

/** Searches a mutant's world, unless it differs from the design's own only where the search of that one never went. */
export function beside(own: Own, ground: GroundProtocol, search: () => CheckResult): Beside {
  if (own === undefined) return { result: search(), unchanged: false, own: {} };
  const verdicts = verdictsOf(own.result);
  if (sameNumbers(own.ground, ground) && differsOnlyWhereUnreached(own.ground, ground, own.result)) {
    return { result: own.result, unchanged: true, own: verdicts };
  }
  const result = search();
  return { result, unchanged: sameGraph(own.result, result), own: verdicts };
}
