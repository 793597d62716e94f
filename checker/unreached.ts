import type { GroundClaim, GroundExpression, GroundProtocol, GroundStep, Table } from './language/index.ts';
import type { CheckResult, Seen } from './verdict.ts';

const sameList = <T>(a: readonly T[], b: readonly T[], same: (x: T, y: T) => boolean): boolean =>
  a.length === b.length && a.every((x, i) => same(x, b[i] as T));
const samePlain = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const keyOf = ({ rule, actor, chosen, outcome }: GroundStep): string => JSON.stringify([rule, actor, chosen, outcome]);

/** The program points that each actor came to. */
function reachedPoints(
  { actors, initial, steps }: GroundProtocol,
  taken: readonly number[],
): ReadonlyMap<string, ReadonlySet<number>> {
  const reached = new Map(actors.map(({ name, pc }) => [name, new Set([initial[pc] as number])]));
  steps.forEach(({ actor, to }, i) => {
    if (taken[i] !== 0 && to !== undefined) reached.get(actor)?.add(to);
  });
  return reached;
}

/**
 * Compares two protocols, of which the first was searched to its end. What a store looks up in a machine's table may
 * differ in entries that the search never stored; anything else has to be the same to the letter.
 */
class Comparison {
  readonly #seen: Seen;
  readonly #tables = new Map<Table, Map<Table, 'same' | 'unreached' | 'different'>>();

  constructor(seen: Seen) {
    this.#seen = seen;
  }

  #compareTables(a: Table, b: Table): 'same' | 'unreached' | 'different' {
    const shape = (t: Table): unknown => [t.name, t.machine, t.args.map((d) => d.values), t.result.values];
    if (!samePlain(shape(a), shape(b))) return 'different';
    const differing = [...a.codes.keys()].filter((entry) => a.codes[entry] !== b.codes[entry]);
    if (differing.length === 0) return 'same';
    const stored = a.rules && this.#seen.stored[a.name];
    return stored && differing.every((entry) => !stored.includes(entry)) ? 'unreached' : 'different';
  }

  #table(a: Table, b: Table, inStore: boolean): boolean {
    const row = this.#tables.get(a) ?? new Map<Table, 'same' | 'unreached' | 'different'>();
    this.#tables.set(a, row);
    const answer = row.get(b) ?? this.#compareTables(a, b);
    row.set(b, answer);
    return answer === 'same' || (inStore && answer === 'unreached');
  }

  /** True when two expressions have the same value in every state that the search of the first reached. */
  expression(a: GroundExpression, b: GroundExpression, inStore = false): boolean {
    const same = (x: GroundExpression, y: GroundExpression): boolean => this.expression(x, y, inStore);
    switch (a.kind) {
      case 'constant':
      case 'slot':
        return samePlain(a, b);
      case 'equal':
      case 'less':
        return b.kind === a.kind && same(a.left, b.left) && same(a.right, b.right);
      case 'not':
        return b.kind === 'not' && same(a.of, b.of);
      case 'plus':
        return b.kind === 'plus' && a.by === b.by && a.limit === b.limit && same(a.of, b.of);
      case 'and':
      case 'or':
        return b.kind === a.kind && sameList(a.of, b.of, same);
      case 'if':
        return b.kind === 'if' && same(a.when, b.when) && same(a.then, b.then) && same(a.otherwise, b.otherwise);
      case 'table':
      case 'forbidden':
        return b.kind === a.kind && this.#table(a.table, b.table, inStore) && sameList(a.args, b.args, same);
    }
  }

  #claim(a: GroundClaim, b: GroundClaim): boolean {
    return a.property === b.property && a.says === b.says && this.expression(a.of, b.of);
  }

  /** Whether an entry is impossible is asked just where it is about to be stored, so no such claim can tell more. */
  #claims(step: GroundStep): readonly GroundClaim[] {
    return step.claims.filter((claim) => claim.property !== 'impossible');
  }

  step(a: GroundStep, b: GroundStep): boolean {
    const heading = ({ voluntary, pc, from, to }: GroundStep): unknown => [voluntary, pc, from, to];
    return (
      samePlain(heading(a), heading(b)) &&
      this.expression(a.guard, b.guard) &&
      sameList(a.asserts, b.asserts, (x, y) => this.expression(x.of, y.of)) &&
      sameList(a.stores, b.stores, (x, y) => x.slot === y.slot && this.expression(x.value, y.value, true)) &&
      sameList(this.#claims(a), this.#claims(b), (x, y) => this.#claim(x, y)) &&
      sameList(a.witnesses, b.witnesses, (x, y) => this.#claim(x, y))
    );
  }

  /** True when each step of the first that was taken is in the second, and what else is there stands where nobody comes. */
  #steps(a: GroundProtocol, b: GroundProtocol): boolean {
    const { taken } = this.#seen;
    const reached = reachedPoints(a, taken);
    const ofKey = new Map(a.steps.map((step) => [keyOf(step), step]));
    const inOther = new Set(b.steps.map(keyOf));
    return (
      a.steps.every((step, i) => taken[i] === 0 || inOther.has(keyOf(step))) &&
      b.steps.every((step) => {
        const own = ofKey.get(keyOf(step));
        if (own !== undefined && this.step(own, step)) return true;
        return step.from.every((point) => reached.get(step.actor)?.has(point) !== true);
      })
    );
  }

  protocol(a: GroundProtocol, b: GroundProtocol): boolean {
    const frame = ({ slots, initial, actors, properties, rules, witnesses }: GroundProtocol): unknown => [
      slots.map(({ name, variable, index }) => [name, variable.role, variable.domain.values, index]),
      [initial, actors, properties, rules, witnesses],
    ];
    return (
      samePlain(frame(a), frame(b)) &&
      this.#steps(a, b) &&
      sameList(a.stateClaims, b.stateClaims, (x, y) => x.quiescent === y.quiescent && this.#claim(x, y)) &&
      sameList(a.stateWitnesses, b.stateWitnesses, (x, y) => this.#claim(x, y))
    );
  }
}

/**
 * True when `other` differs from a protocol only where the search of the protocol never went: by induction over the
 * steps of a run, both then reach the same states in the same steps, and every verdict is the same. False says nothing.
 */
export function differsOnlyWhereUnreached(
  protocol: GroundProtocol,
  other: GroundProtocol,
  result: CheckResult,
): boolean {
  const impossible = result.results.some((r) => r.property === 'impossible' && r.verdict === 'violated');
  return result.complete && !impossible && new Comparison(result.seen).protocol(protocol, other);
}
