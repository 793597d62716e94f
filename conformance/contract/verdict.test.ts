import { describe, expect, test } from 'vitest';
import { complaints } from '../testing/schemas.ts';
import { claims } from './claims/index.ts';
import type { JudgedClaim } from './judge.ts';
import { lineJson, lineText } from './text.ts';
import { countVerdicts, judgeContract, racesAsked, type JudgedLine, type RaceAnswer } from './verdict.ts';

const kept: readonly JudgedClaim[] = claims.map(({ id }) => ({
  claim: id,
  session: 'rwp-sync',
  verdict: 'holds',
  states: 1,
  cases: 1,
}));
const races: readonly RaceAnswer[] = [...racesAsked()].flatMap(([scenario, properties]) =>
  properties.map((property) => ({ scenario, variant: 'v', property, verdict: 'holds' as const })),
);
const lineOf = (lines: readonly JudgedLine[], id: string): JudgedLine => {
  const found = lines.find(({ line }) => line.id === id);
  if (found === undefined) throw new Error(`no line ${id}`);
  return found;
};

/** The verdict of the lines that are not what they are when all holds. */
function changed(otherClaims: readonly JudgedClaim[], otherRaces: readonly RaceAnswer[]): readonly string[] {
  const before = judgeContract(kept, races);
  return judgeContract(otherClaims, otherRaces)
    .filter((line, i) => line.verdict !== before[i]?.verdict)
    .map(({ line, verdict }) => `${line.id} ${verdict}`);
}

const broken: JudgedClaim = {
  claim: 'close-leaves-no-mark',
  session: 'wp-sync',
  verdict: 'violated',
  operations: ['api', 'close'],
  shows: 'a mark',
};
const vacuous: JudgedClaim = { claim: 'read-once', session: 'wp-sync', verdict: 'vacuous', states: 1 };

describe('a line', () => {
  test('holds when all that judges it holds, and is not judged when nothing does', () => {
    const counts = countVerdicts(judgeContract(kept, races));
    expect(counts).toEqual({ violated: 0, incomplete: 0, vacuous: 0, holds: 30, 'not judged': 8 });
    expect(countVerdicts(judgeContract([], []))).toMatchObject({ holds: 0, 'not judged': 38 });
  });

  test('is violated by one claim, in one kind of session', () => {
    expect(changed([...kept, broken], races)).toEqual(['nothing-left-behind violated']);
  });

  test('is violated by one race, and only where it names that scenario', () => {
    const race = { scenario: 'mprotect-vs-rwp', variant: 'v', property: 'LM', verdict: 'violated', steps: 3 } as const;
    expect(changed(kept, [...races, race])).toEqual([
      'sync-stops-accesses violated',
      'mprotect-keeps-the-mark violated',
    ]);
    expect(changed(kept, [...races, { ...race, scenario: 'wp-plus-rwp' }])).toEqual([]);
  });

  test('is vacuous when a claim arises nowhere, and not when it arises somewhere', () => {
    expect(changed([...kept, vacuous], races)).toEqual([]);
    expect(changed([...kept.filter(({ claim }) => claim !== 'read-once'), vacuous], races)).toEqual([
      'read-once vacuous',
    ]);
  });

  test('is incomplete when a search was stopped, and vacuous when a witness was not reached', () => {
    const stopped = races.map((race) => (race.property === 'MS' ? { ...race, verdict: 'incomplete' as const } : race));
    expect(changed(kept, stopped)).toEqual(['mode-switch-is-sharp incomplete']);
    const missed = races.map((race) => (race.property === 'MS' ? { ...race, verdict: 'vacuous' as const } : race));
    expect(changed(kept, missed)).toEqual(['mode-switch-is-sharp vacuous']);
  });

  test('says which findings break it, and which claims no session judges', () => {
    const without = kept.filter(({ claim }) => !claim.includes('shmem'));
    const line = lineOf(judgeContract(without, races), 'wp-of-files-survives');
    expect(line).toMatchObject({ verdict: 'not judged', findings: ['guard-over-wp-shmem-never-returns'] });
    expect(lineText(line, false)).toContain('not judged: zap-of-shmem-keeps-wp (no session');
  });
});

describe('the JSON of the contract', () => {
  const document = {
    schemaVersion: 1,
    design: 'linux-7.3',
    mutant: null,
    lines: judgeContract([...kept, broken, vacuous], races).map(lineJson),
  };

  test('is what the published schema describes', () => {
    expect(complaints('contract', document)).toBe('');
  });

  test.for([
    ['another version', { ...document, schemaVersion: 2 }],
    ['an unknown verdict', { ...document, lines: [{ ...document.lines[0], verdict: 'unsure' }] }],
    ['an unknown standing', { ...document, lines: [{ ...document.lines[0], standing: 'X' }] }],
  ])('with %s is refused', ([, wrong]) => {
    expect(complaints('contract', wrong)).not.toBe('');
  });
});
