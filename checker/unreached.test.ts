import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { check, differsOnlyWhereUnreached, type CheckResult } from './index.ts';
import {
  groundProtocol,
  mapGround,
  type GroundExpression,
  type GroundProtocol,
  type GroundStep,
  type Table,
} from './language/index.ts';
import { orFault } from './testing/agree.ts';
import { Tape } from './testing/random-expressions.ts';
import { randomProtocol } from './testing/random-protocol.ts';

/** The tables of a protocol put through a function, in every place. */
function withTables(of: GroundProtocol, change: (table: Table) => Table): GroundProtocol {
  const changed = new Map<Table, Table>();
  const expression = (e: GroundExpression): GroundExpression => {
    const mapped = mapGround(e, expression);
    if (mapped.kind !== 'table' && mapped.kind !== 'forbidden') return mapped;
    const table = changed.get(mapped.table) ?? change(mapped.table);
    changed.set(mapped.table, table);
    return { ...mapped, table };
  };
  const claim = <C extends { readonly of: GroundExpression }>(c: C): C => ({ ...c, of: expression(c.of) });
  const step = (s: GroundStep): GroundStep => ({
    ...s,
    guard: expression(s.guard),
    stores: s.stores.map((store) => ({ ...store, value: expression(store.value) })),
    asserts: s.asserts.map(claim),
    claims: s.claims.map(claim),
    witnesses: s.witnesses.map(claim),
  });
  return {
    ...of,
    steps: of.steps.map(step),
    stateClaims: of.stateClaims.map(claim),
    stateWitnesses: of.stateWitnesses.map(claim),
  };
}

/** A change that a mutant might make: an entry of a table, a guard, a target, a step that is gone. */
function mutated(of: GroundProtocol, tape: Tape): GroundProtocol {
  const kind = tape.below(6);
  const chosen = tape.below(of.steps.length || 1);
  const at = (change: (s: GroundStep) => GroundStep): GroundProtocol => ({
    ...of,
    steps: of.steps.map((s, i) => (i === chosen ? change(s) : s)),
  });
  switch (kind) {
    case 0:
      return at((s) => ({ ...s, guard: of.steps[tape.below(of.steps.length)]?.guard ?? s.guard }));
    case 1:
      return at((s) => ({ ...s, to: tape.below(2) }));
    case 2:
      return { ...of, steps: of.steps.filter((_, i) => i !== chosen) };
    default: {
      const [entry, code] = [tape.below(9), tape.below(3)];
      const name = tape.once(4) ? 'mix' : 'next';
      return withTables(of, (table) =>
        table.name === name ? { ...table, codes: table.codes.map((c, i) => (i === entry ? code : c)) } : table,
      );
    }
  }
}

/** What a search says: all of it, but the time it took. */
function saidBy({ states, transitions, depth, results }: CheckResult): unknown {
  const verdicts = results.map((r) => [r.property, r.verdict, r.verdict === 'violated' && [r.claim, r.steps]]);
  return { states, transitions, depth, verdicts };
}

test('what is said to change nothing that is reachable changes no verdict and no number', () => {
  const counts = { same: 0, unsaid: 0, different: 0 };
  const bytes = fc.uint8Array({ minLength: 500, maxLength: 500 });
  fc.assert(
    fc.property(bytes, fc.uint8Array({ minLength: 8, maxLength: 8 }), (tape, change) => {
      const own = groundProtocol(randomProtocol(tape).protocol);
      const other = mutated(own, new Tape(change));
      const options = { maxStates: 3_000, slice: false, resets: false };
      const result = orFault(() => check(own, options));
      if (typeof result === 'string') return;
      const said = differsOnlyWhereUnreached(own, other, result);
      const searched = orFault(() => check(other, options));
      const equal = typeof searched !== 'string' && isDeepStrictEqual(saidBy(result), saidBy(searched));
      counts[said ? 'same' : equal ? 'unsaid' : 'different']++;
      expect(said && !equal).toBe(false);
    }),
    { numRuns: 600, seed: 2026 },
  );
  // It has to have been asked where it is so, and where it is not.
  expect(counts.same).toBeGreaterThan(150);
  expect(counts.different).toBeGreaterThan(80);
});
