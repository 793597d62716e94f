import { describe, expect, test } from 'vitest';
import { entriesProtocol, entriesSizes } from './bench/entries.ts';
import { check } from './check.ts';
import { groundProtocol, ProtocolBuilder, range, successor, type GroundProtocol } from './language/index.ts';
import { createSystem, type System, type SystemState } from './system.ts';
import { channel, readersAndWriter } from './testing/textbook.ts';

function walk(system: System): Map<string, SystemState> {
  const seen = new Map([[system.key(system.initial), system.initial]]);
  for (const state of seen.values()) {
    for (const { next } of system.successors(state)) seen.set(system.key(next), next);
  }
  return seen;
}

const numberOf = (ground: GroundProtocol, rule: string): number => ground.steps.findIndex((step) => step.rule === rule);

describe('a system', () => {
  test('is walked to as many states as a search finds', () => {
    const ground = groundProtocol(entriesProtocol({ ...entriesSizes.small, workers: 1 }));
    const found = check(ground, { slice: false, resets: false, properties: [] });
    expect(walk(createSystem(ground)).size).toBe(found.states);
    const reset = check(ground, { slice: false, properties: [] });
    expect(walk(createSystem(ground, { resets: true })).size).toBe(reset.states);
  });

  test('has no ghosts unless they are asked for', () => {
    const ground = groundProtocol(channel({ duplicates: false }));
    const plain = createSystem(ground);
    expect(() => plain.value(plain.initial, 'once.open[0]')).toThrow('channel has no slot once.open[0]');
    const judged = createSystem(ground, { keep: ['once'] });
    expect(judged.value(judged.initial, 'once.open[0]')).toBe(false);
  });

  test('tells values, voluntary steps and events', () => {
    const ground = groundProtocol(channel({ duplicates: false }));
    const system = createSystem(ground);
    expect(system.value(system.initial, 'slot')).toBe(-1);
    const [first] = system.successors(system.initial);
    expect(system.successors(system.initial)).toHaveLength(2);
    expect(first?.step).toBe(numberOf(ground, 'send'));
    expect(system.voluntary(numberOf(ground, 'send'))).toBe(true);
    expect(system.voluntary(numberOf(ground, 'receive'))).toBe(false);
    expect(system.events(system.initial, first?.step ?? -1)).toEqual([{ name: 'sent', payload: { tag: 0 } }]);
    expect(system.value(first?.next ?? [], 'slot')).toBe(0);
  });

  test('packs and unpacks every state', () => {
    const system = createSystem(groundProtocol(readersAndWriter(4)));
    for (const state of walk(system).values()) expect(system.stateOf(system.codes(state))).toEqual(state);
  });

  test('says what is wrong with a protocol that is wrong', () => {
    const p = new ProtocolBuilder('overrun');
    const count = p.scalar('count', range(0, 1), 1);
    p.process('counter', ['here']).step('count', { says: 'counts', at: 'here' }, () => ({
      then: [count.becomes(successor(count))],
    }));
    const system = createSystem(groundProtocol(p.build()));
    expect(() => system.successors(system.initial)).toThrow('overrun: counter count: a sum is 2, outside 0..1');
  });
});
