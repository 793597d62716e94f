import { describe, expect, test } from 'vitest';
import { check, type CheckResult } from '../checker/index.ts';
import { groundProtocol, type GroundProtocol } from '../checker/language/index.ts';
import { excuses } from './excuses.ts';
import { assertExcused } from './report.ts';
import { scenarios } from './scenarios/index.ts';
import { distinctWorlds, protocolOf, small, worldOf, worlds } from './testing/worlds.ts';
import { verify } from './verify.ts';

/** Searches the implementation alone: which rules fire does not depend on who watches. */
function fired(ground: GroundProtocol): Pick<CheckResult, 'complete' | 'unexpected'> {
  return check(ground, { properties: [] });
}

/** The worlds of a scenario in which some rule fires without occasion, or whose search did not end. */
function surprises(scenario: string, cpus: number): { readonly searched: number; readonly found: readonly object[] } {
  const of = worlds({ pages: 1, cpus }).filter((world) => world.scenario.name === scenario);
  const all = distinctWorlds(of).map(({ names, protocol }) => ({ names, ...fired(groundProtocol(protocol)) }));
  const found = all.filter(({ complete, unexpected }) => !complete || unexpected.length > 0);
  return { searched: all.length, found: found.map(({ names, unexpected }) => ({ names, unexpected })) };
}

const reviewed = Object.values(scenarios).flatMap(({ name, reviewed: is }) => (is ? [name] : []));

test.for(reviewed)('no rule fires that is said to have no occasion: every world of %s, 1 processor', (scenario) => {
  const { searched, found } = surprises(scenario, 1);
  expect(searched).toBeGreaterThan(0);
  expect(found).toEqual([]);
});

test('nor in the first 100,000 states of the worlds that are not reviewed', { timeout: 120_000 }, () => {
  const all = worlds(small).filter(({ scenario }) => !scenario.reviewed);
  const found = distinctWorlds(all).map(({ protocol }) =>
    check(groundProtocol(protocol), { properties: [], maxStates: 100_000 }),
  );
  expect(found.flatMap(({ unexpected }) => unexpected)).toEqual([]);
  expect(found.length).toBeGreaterThan(0);
});

test('what a search of two processors tells is asked too, by review: it ends with an error', () => {
  const { scenario, design } = worldOf('reclaim-vs-fault', 'rwp sync', 'linux-7.3', small);
  const cell = verify(scenario, design, { size: small, properties: ['I1'] });
  expect(() => assertExcused([cell])).not.toThrow();
  const [first] = cell.variants;
  if (first === undefined) throw new Error('no world');
  const wrong = { ...cell, variants: [{ ...first, search: { ...first.search, unexpected: ['do_swap_page/store'] } }] };
  expect(() => assertExcused([cell, wrong])).toThrow(
    'excuses.ts says have no occasion:\nreclaim-vs-fault (rwp sync) × linux-7.3: do_swap_page/store',
  );
});

describe('an excuse that is wrong is found out', () => {
  const world = worldOf('reclaim-vs-fault', 'rwp sync', 'linux-7.3', small);
  const ground = groundProtocol(protocolOf(world));

  test('because the rule fires all the same', () => {
    const excused = excuses({ ...world.variant.options, name: '', design: world.design, environment: new Set() });
    const wrong = ground.rules.filter((rule) => excused(rule) !== false);
    const { unexpected } = fired({ ...ground, rules: ground.rules.filter((rule) => !wrong.includes(rule)) });
    expect(unexpected).toEqual(wrong);
    expect(wrong).toContain('do_swap_page/store');
  });

  test('and so is one for a single rule', () => {
    const rules = ground.rules.filter((rule) => rule !== 'handle_pte_fault/spurious');
    expect(fired({ ...ground, rules }).unexpected).toEqual(['handle_pte_fault/spurious']);
  });
});

test('an excuse gives its reason', () => {
  const { variant, design } = worldOf('numa-vs-rwp', 'rwp sync', 'linux-7.3');
  const excused = excuses({ ...variant.options, name: '', design });
  expect(excused('do_swap_page/store')).toBe('nothing is swapped out');
  expect(excused('do_wp_page/async')).toBe('no write protection in this scenario');
  expect(excused('do_numa_page/store')).toBe(false);
  expect(excused('user/access')).toBe(false);
});
