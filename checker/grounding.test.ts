import { describe, expect, test } from 'vitest';
import { check } from './check.ts';
import {
  bool,
  choose,
  emit,
  eventKind,
  groundProtocol,
  literal,
  lookup,
  not,
  oneOf,
  ProtocolBuilder,
  range,
  successor,
  type Domain,
  type Table,
} from './language/index.ts';

const state = oneOf('state', 'off', 'on');
const turnOn: Table & { readonly result: Domain<'off' | 'on'> } = {
  name: 'switch',
  args: [state],
  result: state,
  codes: Int16Array.of(1, -1),
  machine: 'switch',
};

describe('an impossible entry', () => {
  test('is no violation where the store does not ask for it', () => {
    const p = new ProtocolBuilder('switch');
    const it = p.scalar('switch', state, 'off', 'machine');
    p.process('hand', ['here']).step('press', { says: 'presses', at: 'here' }, () => ({
      then: [it.becomes(choose(it.is('off'), lookup(turnOn, it), it))],
    }));
    const result = check(p.build(), { slice: false });
    expect(result).toMatchObject({
      states: 2,
      transitions: 2,
      results: [{ property: 'impossible', verdict: 'holds' }],
    });
  });

  test('is a fault where a guard asks for it', () => {
    const p = new ProtocolBuilder('switch');
    const it = p.scalar('switch', state, 'on', 'machine');
    p.process('hand', ['here']).step('press', { says: 'presses', at: 'here' }, () => ({
      when: [lookup(turnOn, it).is('on')],
    }));
    expect(() => check(p.build())).toThrow('table switch is asked for an impossible entry');
  });
});

describe('a step is rejected that', () => {
  const build = (add: (p: ProtocolBuilder) => void) => () => {
    const p = new ProtocolBuilder('wrong');
    add(p);
    return groundProtocol(p.build());
  };

  test('stores to a machine what the machine did not answer', () => {
    const wrong = build((p) => {
      const it = p.scalar('switch', state, 'off', 'machine');
      p.process('hand', ['here']).step('break', { says: 'breaks it', at: 'here' }, () => ({
        then: [it.becomes('on')],
      }));
    });
    expect(wrong).toThrow('break: switch belongs to a machine');
  });

  test('stores to a program counter', () => {
    const wrong = build((p) => {
      const a = p.process('a', ['here', 'there']);
      a.step('jump', { says: 'jumps', at: 'here' }, () => ({ then: [a.pc.becomes('there')] }));
    });
    expect(wrong).toThrow('jump may not store to a.at, a pc');
  });

  test('stores twice to one slot', () => {
    const wrong = build((p) => {
      const flag = p.scalar('flag', bool, false);
      p.process('a', ['here']).step('set', { says: 'sets', at: 'here' }, () => ({
        then: [flag.becomes(true), flag.becomes(false)],
      }));
    });
    expect(wrong).toThrow('set stores twice to flag');
  });
});

test('a binding that the guard excludes need not make sense', () => {
  const page = range(0, 2);
  const p = new ProtocolBuilder('walk');
  const seen = p.array('seen', bool, false, [page]);
  const at = p.scalar('at', page, 0);
  p.process('walker', ['here']).step('next', { says: 'goes on', at: 'here', choices: { v: page } }, ({ v }) => ({
    when: [v.isNot(2), at.is(v)],
    then: [seen(successor(v)).becomes(true), at.becomes(successor(v))],
  }));
  expect(groundProtocol(p.build()).steps.map((step) => step.chosen)).toEqual([{ v: 0 }, { v: 1 }]);
});

test('an event sees the ghosts as the event before it in the same step left them', () => {
  const [opened, used] = [eventKind('opened'), eventKind('used')];
  const p = new ProtocolBuilder('doors');
  p.process('user', ['here']).step('use', { says: 'opens and uses at once', at: 'here' }, () => ({
    emits: [emit(opened, {}), emit(used, {})],
  }));
  p.property('open first', (m) => {
    const isOpen = m.ghost('open', bool, false);
    m.on(opened, () => [isOpen().becomes(true)]);
    m.neverStep('used while shut', used, () => not(isOpen()));
    m.sometimesStep('used', used);
  });
  expect(check(p.build()).results.at(-1)).toMatchObject({ property: 'open first', verdict: 'holds' });
});

test('an event that does not happen changes no ghost and violates nothing', () => {
  const used = eventKind('used');
  const p = new ProtocolBuilder('unused');
  const flag = p.scalar('flag', bool, false);
  p.process('user', ['here']).step('use', { says: 'uses if the flag is up', at: 'here' }, () => ({
    emits: [emit(used, {}, flag)],
  }));
  p.process('flagger', ['here']).step('flag', { says: 'changes the flag', at: 'here' }, () => ({
    then: [flag.becomes(not(flag))],
  }));
  p.property('P', (m) => {
    const count = m.ghost('count', range(0, 1), 0);
    m.on(used, () => [count().becomes(1)]);
    m.neverStep('used twice', used, () => count().is(literal(range(0, 1), 1)));
    m.sometimes('the flag is up and nobody used it', flag);
  });
  expect(check(p.build()).results.at(-1)).toMatchObject({ verdict: 'violated', steps: 3 });
});
