import { differsOnlyWhereUnreached, type CheckResult } from '../checker/index.ts';
import type { GroundProtocol } from '../checker/language/index.ts';

/** What came of a mutant's world, next to the one of the design that it changes. */
export interface Beside {
  readonly result: CheckResult;
  /** The mutant changes nothing that is reachable. */
  readonly unchanged: boolean;
  /** What is violated here and not in the design's own world. */
  readonly lost: readonly string[];
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

const violated = ({ results }: CheckResult): readonly string[] =>
  results.flatMap(({ property, verdict }) => (verdict === 'violated' ? [property] : []));

/** The design's own world and what came of it; none where the design has no such world. */
export type Own = { readonly ground: GroundProtocol; readonly result: CheckResult } | undefined;

/** Searches a mutant's world, unless it differs from the design's own only where the search of that one never went. */
export function beside(own: Own, ground: GroundProtocol, search: () => CheckResult): Beside {
  if (own === undefined) {
    const result = search();
    return { result, unchanged: false, lost: violated(result) };
  }
  if (sameNumbers(own.ground, ground) && differsOnlyWhereUnreached(own.ground, ground, own.result)) {
    return { result: own.result, unchanged: true, lost: [] };
  }
  const result = search();
  const known = new Set(violated(own.result));
  const lost = violated(result).filter((property) => !known.has(property));
  return { result, unchanged: sameGraph(own.result, result), lost };
}
