import { describe, expect, test } from 'vitest';
import { check } from '../check.ts';
import {
  bool,
  eventKind,
  emit,
  groundProtocol,
  oneOf,
  ProtocolBuilder,
  range,
  type GroundProtocol,
} from '../language/index.ts';
import { oracle } from '../oracle/oracle.ts';
import { channel } from '../testing/textbook.ts';
import { prepare } from './prepare.ts';

const names = (ground: { slots: readonly { name: string }[] }): string[] => ground.slots.map((slot) => slot.name);

describe('the slots that are left', () => {
  const n = range(0, 3);

  function withUnread(): GroundProtocol {
    const p = new ProtocolBuilder('unread');
    const [seen, log, copy] = [p.scalar('seen', n, 0), p.scalar('log', n, 0), p.scalar('copy', n, 0)];
    p.process('a', ['here']).step('choose', { says: 'chooses', at: 'here', choices: { to: n } }, ({ to }) => ({
      when: [seen.isNot(to)],
      then: [seen.becomes(to), log.becomes(to), copy.becomes(log)],
    }));
    p.property('P', (m) => m.sometimes('three', seen.is(3)));
    return groundProtocol(p.build());
  }

  test('are those that something reads', () => {
    expect(names(prepare(withUnread()).ground)).toEqual(['a.at', 'seen']);
  });

  test('include those that somebody outside looks at, and what they are made from', () => {
    expect(names(prepare(withUnread(), { observed: ['copy'] }).ground)).toEqual(['a.at', 'seen', 'log', 'copy']);
  });

  test('are all of them when slicing is off', () => {
    expect(names(prepare(withUnread(), { slice: false }).ground)).toEqual(['a.at', 'seen', 'log', 'copy']);
  });

  test('leave out the ghosts of properties that are not asked', () => {
    const ground = groundProtocol(channel({ duplicates: false }));
    expect(names(ground)).toContain('once.open[0]');
    expect(names(prepare(ground, { properties: [], slice: false }).ground)).not.toContain('once.open[0]');
  });

  test('do not change a verdict: 13 states become 4', () => {
    const ground = withUnread();
    expect(check(ground, { slice: false }).states).toBe(13);
    expect(check(ground).states).toBe(4);
    expect(check(ground).results).toMatchObject(
      check(ground, { slice: false }).results.map(({ verdict }) => ({ verdict })),
    );
  });
});

test('a property that does not exist is named, with those that do', () => {
  const ground = groundProtocol(channel({ duplicates: false }));
  expect(() => prepare(ground, { properties: ['twice'] })).toThrow(
    'channel has no property twice; it has impossible, once',
  );
});

describe('a local that no later step reads', () => {
  const colour = oneOf('colour', 'red', 'green', 'blue');
  const painted = eventKind<{ with: 'red' | 'green' | 'blue' }>('painted');

  function painter(extra: { readonly looks?: 'other' | 'claim' | 'event' } = {}) {
    const p = new ProtocolBuilder('painter');
    const wall = p.scalar('wall', colour, 'red');
    const a = p.process('painter', ['start', 'chosen', 'painted', 'resting']);
    const brush = a.local('brush', colour, 'red');
    a.step('choose', { says: 'chooses', at: 'start', to: 'chosen', choices: { c: colour } }, ({ c }) => ({
      then: [brush.becomes(c)],
    }));
    a.step('paint', { says: 'paints', at: 'chosen', to: 'painted' }, () => ({ then: [wall.becomes(brush)] }));
    a.step('skip', { says: 'does not paint', at: 'chosen', to: 'painted' }, () => ({}));
    a.step('rest', { says: 'rests', at: 'painted', to: 'resting' }, () => ({
      emits: extra.looks === 'event' ? [emit(painted, { with: brush })] : [],
    }));
    a.step('again', { says: 'starts again', at: ['painted', 'resting'], to: 'start' }, () => ({}));
    const b = p.process('critic', ['here']);
    b.step('look', { says: 'looks', at: 'here' }, () => ({
      when: [wall.is('blue'), ...(extra.looks === 'other' ? [brush.is('blue')] : [])],
    }));
    p.property('P', (m) => {
      const last = m.ghost('last', colour, 'red');
      m.on(painted, (e) => [last().becomes(e.with)]);
      m.sometimes('a green wall', wall.is('green'));
      m.sometimes('a green brush', extra.looks === 'claim' ? brush.is('green') : wall.is('green'));
      m.never('a blue ghost and a red wall', last().is('blue'));
    });
    return groundProtocol(p.build());
  }

  /** The states of a search, without the locals. */
  function projections(ground: GroundProtocol): Set<string> {
    const shared = [...ground.slots.keys()].filter((slot) => ground.slots[slot]?.variable.role !== 'local');
    return new Set(
      [...oracle(ground).seen.keys()].map((key) => {
        const codes = JSON.parse(key) as number[];
        return shared.map((slot) => codes[slot]).join();
      }),
    );
  }

  test('is forgotten: fewer states, the same shared states, the same verdicts', () => {
    const ground = painter();
    const { ground: reset } = prepare(ground, { slice: false });
    expect(oracle(ground).states).toBe(36);
    expect(oracle(reset).states).toBe(18);
    expect(projections(reset)).toEqual(projections(ground));
    const verdicts = (resets: boolean) => check(ground, { resets }).results.map((r) => r.verdict);
    expect(verdicts(true)).toEqual(verdicts(false));
  });

  test.for(['other', 'claim', 'event'] as const)('is kept when it is read by: %s', (looks) => {
    const ground = painter({ looks });
    const { ground: reset } = prepare(ground, { slice: false, events: true });
    expect(projections(reset)).toEqual(projections(ground));
    expect(oracle(reset).violated).toEqual(oracle(ground).violated);
    expect(oracle(reset).missing).toEqual(oracle(ground).missing);
    expect(oracle(reset).states).toBeGreaterThan(oracle(prepare(painter(), { slice: false }).ground).states);
  });

  test('is forgotten at each of several points where it is dead, and kept at those where it is not', () => {
    const p = new ProtocolBuilder('points');
    const a = p.process('a', ['dead', 'live', 'end']);
    const n = a.local('n', bool, false);
    const out = p.scalar('out', bool, false);
    a.step('set', { says: 'sets', at: ['dead', 'live'] }, () => ({ then: [n.becomes(true)] }));
    a.step('go', { says: 'goes', at: 'dead', to: 'live' }, () => ({ then: [n.becomes(false)] }));
    a.step('use', { says: 'uses', at: 'live', to: 'end' }, () => ({ then: [out.becomes(n)] }));
    p.property('P', (m) => m.sometimes('used', out));
    const ground = groundProtocol(p.build());
    const { ground: reset } = prepare(ground);
    // Without resets: dead x n, live x n, end x n = out.
    expect(oracle(ground).states).toBe(6);
    expect(oracle(reset).states).toBe(5);
    expect(oracle(reset).missing).toEqual([]);
  });
});
