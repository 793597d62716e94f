import { describe, expect, test } from 'vitest';
import { isScenarioName, scenarios } from '../../model/index.ts';
import { contract, designs } from '../../spec/index.ts';
import { falseAlarms } from './alarms.ts';
import { breaking } from './breaking.ts';
import { claims, type Claim } from './claims/index.ts';
import { judgeSession, sessionModel, type Extent, type JudgedClaim } from './judge.ts';
import { mending } from './mending.ts';

const claimOf = (id: string): Claim => claims.find((claim) => claim.id === id) as Claim;

/** What came of one claim in a session of Linux 7.3, changed or not. */
function judgedAs(
  id: string,
  {
    session,
    extent = 'nearby',
    mutant,
  }: Pick<(typeof breaking)[number], 'session' | 'extent'> & {
    readonly mutant?: (typeof breaking)[number]['mutant'];
  },
): JudgedClaim {
  const [result] = judgeSession(sessionModel('linux-7.3', session, mutant), extent, [claimOf(id)]);
  return result as JudgedClaim;
}

describe('every line of the contract', () => {
  const named = contract.flatMap(({ judging }) => (judging.kind === 'judged' ? judging.claims : []));

  test('names claims that there are, and every claim belongs to one line', () => {
    expect(named.toSorted()).toEqual(claims.map(({ id }) => id).toSorted());
  });

  test('names scenarios that judge its property', () => {
    const asked = contract.flatMap(({ id, judging }) =>
      judging.kind === 'not-yet'
        ? []
        : judging.properties.flatMap(({ property, scenarios: names }) => names.map((name) => ({ id, property, name }))),
    );
    const wrong = asked.filter(({ property, name }) => {
      if (!isScenarioName(name)) return true;
      const variants = scenarios[name].variants(designs['linux-7.3'], scenarios[name].size);
      if (typeof variants === 'string') return true;
      return !variants.some((v) => v.properties.includes(property) || v.refused?.includes(property));
    });
    expect(wrong).toEqual([]);
  });
});

/** How far a claim is looked at without its defect: all states of RWP are too many for a test. */
const extentOf = ({ session, extent = 'nearby' }: (typeof breaking)[number]): Extent =>
  session.startsWith('rwp') ? 'nearby' : extent;

const sessionsAsked = (['wp-sync', 'wp-async', 'rwp-sync', 'rwp-async', 'shmem-wp-sync'] as const).flatMap((session) =>
  (['nearby', 'reachable'] as const)
    .filter((extent) => breaking.some((b) => b.session === session && extentOf(b) === extent))
    .map((extent) => [session, extent] as const),
);

describe('a claim', () => {
  test.for(breaking.map((b) => [b.claim, b.session, b] as const))('%s can fail (%s)', ([id, , b]) => {
    expect(judgedAs(id, b)).toMatchObject({ verdict: 'violated', operations: { length: b.operations } });
  });

  test.for(sessionsAsked)('holds without its defect: %s, %s', ([session, extent]) => {
    const asked = breaking.filter((b) => b.session === session && extentOf(b) === extent);
    const results = judgeSession(
      sessionModel('linux-7.3', session),
      extent,
      claims.filter(({ id }) => asked.some(({ claim }) => claim === id)),
    );
    expect(results.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
  });

  test('can fail, or is broken by Linux 7.3 itself', () => {
    const broken = new Set([...breaking, ...mending].map(({ claim }) => claim));
    expect(claims.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
  });

  test('checks each false alarm of the reviews, or says why not', () => {
    const broken = new Set(breaking.map(({ claim }) => claim));
    const checks = falseAlarms.map(({ check }) => ('claim' in check ? broken.has(check.claim) : check.none));
    const heldElsewhere =
      'random sequences and the recordings of 7.3.4 hold it, by the decision moveArms; no claim is about it yet';
    expect(checks).toEqual([true, true, true, heldElsewhere, true, true]);
  });

  test.for(mending.map((m) => [m.claim, m] as const))(
    '%s, which Linux 7.3 breaks, holds when mended',
    ([id, mended]) => {
      expect(judgedAs(id, { session: mended.session })).toMatchObject({ verdict: 'violated' });
      expect(judgedAs(id, mended)).toMatchObject({ verdict: 'holds' });
    },
  );

  test('of something that never happens is vacuous', () => {
    expect(judgedAs('async-completes', { session: 'rwp-sync' }).verdict).toBe('vacuous');
  });
});
