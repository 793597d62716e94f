import { describe, expect, test } from 'vitest';
import { entriesProtocol, entriesSizes } from './bench/entries.ts';
import { check, checkAsync } from './check.ts';
import { ProtocolFault } from './fault.ts';
import { and, bool, eventKind, emit, groundProtocol, ProtocolBuilder, range, successor } from './language/index.ts';
import { oracle } from './oracle/oracle.ts';
import { brokenLock, channel, door, peterson, readersAndWriter, sleeperAndWaker } from './testing/textbook.ts';
import type { CheckResult, Verdict } from './verdict.ts';

function verdictOn(result: CheckResult, property: string): Verdict {
  const verdict = result.results.find((r) => r.property === property);
  if (verdict === undefined) throw new Error(`no verdict on ${property}`);
  return verdict;
}

describe('mutual exclusion', () => {
  test("holds for Peterson's lock, over exactly these states", () => {
    const result = check(peterson());
    expect(result).toMatchObject({ scenario: 'peterson', states: 20, transitions: 34, depth: 6, complete: true });
    expect(verdictOn(result, 'mutex')).toEqual({
      verdict: 'holds',
      property: 'mutex',
      bounds: { thread: 2 },
      method: 'full',
      states: 20,
      depth: 6,
    });
  });

  test("is violated in six steps once a thread of Peterson's lock does not give way", () => {
    const verdict = verdictOn(check(peterson({ yields: false })), 'mutex');
    expect(verdict).toMatchObject({ verdict: 'violated', steps: 6, shortest: 'proved' });
  });

  test('is violated in four steps by a lock that looks first and takes later', () => {
    const result = check(brokenLock());
    expect(verdictOn(result, 'mutex')).toMatchObject({
      verdict: 'violated',
      claim: 'both threads hold the lock',
      steps: 4,
      shortest: 'proved',
    });
  });

  test.for([
    [1, 3],
    [2, 5],
    [5, 33],
    [10, 1025],
  ])('holds for %i readers and a writer, over exactly %i states', ([readers = 0, states = 0]) => {
    const result = check(readersAndWriter(readers));
    expect(result.states).toBe(states);
    expect(verdictOn(result, 'exclusion').verdict).toBe('holds');
  });
});

describe('a claim on quiescent states', () => {
  test('finds the lost wake-up of a sleeper that looks only once', () => {
    const verdict = verdictOn(check(sleeperAndWaker({ looksAgain: false })), 'no lost wake-up');
    expect(verdict).toMatchObject({ verdict: 'violated', steps: 5, shortest: 'proved' });
  });

  test('holds once the sleeper looks again after it has queued', () => {
    expect(verdictOn(check(sleeperAndWaker({ looksAgain: true })), 'no lost wake-up').verdict).toBe('holds');
  });
});

describe('ghosts that listen to events', () => {
  test('catch the message that arrives twice', () => {
    const result = check(channel({ duplicates: true }));
    expect(verdictOn(result, 'once')).toMatchObject({ verdict: 'violated', steps: 3, shortest: 'proved' });
  });

  test('are content where every message arrives once', () => {
    expect(verdictOn(check(channel({ duplicates: false })), 'once').verdict).toBe('holds');
  });

  test.for([true, false])('do not change the set of states without ghosts (duplicates: %s)', (duplicates) => {
    const ground = groundProtocol(channel({ duplicates }));
    const implementation = [...ground.slots.keys()].filter((i) => ground.slots[i]?.variable.role !== 'ghost');
    const projected = [...oracle(ground).seen.keys()].map((key) => {
      const codes = JSON.parse(key) as number[];
      return JSON.stringify(implementation.map((slot) => codes[slot]));
    });
    const without = check(ground, { properties: [], slice: false, resets: false });
    expect(without.states).toBe(new Set(projected).size);
  });
});

describe('a machine without an answer', () => {
  test('is impossible to reach where the guard asks first', () => {
    const result = check(door({ isGuarded: true }));
    expect(verdictOn(result, 'impossible').verdict).toBe('holds');
    expect(result.tableRules).toEqual(['door/opens', 'door/shuts']);
  });

  test('violates "impossible", and that step is not taken', () => {
    const result = check(door({ isGuarded: false }));
    expect(result).toMatchObject({ states: 2, transitions: 2 });
    expect(verdictOn(result, 'impossible')).toMatchObject({
      verdict: 'violated',
      claim: 'door is impossible in this state',
      steps: 2,
    });
  });
});

describe('a verdict', () => {
  test('is "incomplete", not "holds", when the bound is too small', () => {
    const result = check(peterson(), { maxStates: 5 });
    expect(result).toMatchObject({ complete: false, stoppedBy: 'states' });
    expect(result.results.map((r) => r.verdict)).toEqual(['incomplete', 'incomplete']);
    expect(verdictOn(result, 'mutex')).toMatchObject({ stoppedBy: 'states', reached: { states: result.states } });
  });

  test('is "holds" when the bound is just large enough', () => {
    expect(check(peterson(), { maxStates: 20 }).complete).toBe(true);
  });

  test('stays "violated" when the search is stopped later', () => {
    const whole = check(brokenLock());
    const stopped = check(brokenLock(), { maxStates: whole.states - 1 });
    expect(stopped.complete).toBe(false);
    expect(verdictOn(stopped, 'mutex')).toMatchObject({ verdict: 'violated', steps: 4 });
    expect(verdictOn(stopped, 'impossible').verdict).toBe('incomplete');
  });

  test('is "vacuous" when a witness is missing, and says which', () => {
    const p = new ProtocolBuilder('still');
    const flag = p.scalar('flag', bool, false);
    p.process('nobody', ['here']).step('wait', { says: 'waits', at: 'here' }, () => ({}));
    p.property('quiet', (m) => {
      m.never('the flag is up', flag);
      m.sometimes('the flag is down', flag.is(false));
      m.sometimes('the flag is up', flag);
    });
    expect(verdictOn(check(p.build()), 'quiet')).toMatchObject({
      verdict: 'vacuous',
      missing: ['the flag is up'],
      neverFired: [],
    });
  });

  test('is "vacuous" when a witness is true only before anything happens', () => {
    const p = new ProtocolBuilder('once');
    const a = p.process('only', ['first', 'last']);
    a.step('go', { says: 'goes', at: 'first', to: 'last' }, () => ({}));
    p.property('start', (m) => m.sometimes('nothing has happened', a.pc.is('first')));
    expect(verdictOn(check(p.build()), 'start')).toMatchObject({
      verdict: 'vacuous',
      missing: ['nothing has happened'],
    });
  });

  test('is "vacuous" when no step is left that could reach a witness', () => {
    const ping = eventKind('ping');
    const p = new ProtocolBuilder('mute');
    p.process('only', ['here']).step('stay', { says: 'stays', at: 'here' }, () => ({ emits: [emit(ping, {}, false)] }));
    p.property('heard', (m) => m.sometimesStep('a ping', ping));
    expect(verdictOn(check(p.build()), 'heard')).toMatchObject({ verdict: 'vacuous', missing: ['a ping'] });
  });
});

describe('the shortest violation', () => {
  /** From `a` or `b`, both one step away: a step from `a` is bad, and `b` is a bad state, but `a` comes first. */
  function fork() {
    const bad = eventKind('bad');
    const p = new ProtocolBuilder('fork');
    const it = p.process('it', ['start', 'a', 'b', 'end']);
    it.step('a', { says: 'goes to a', at: 'start', to: 'a' }, () => ({}));
    it.step('b', { says: 'goes to b', at: 'start', to: 'b' }, () => ({}));
    it.step('bad', { says: 'takes a bad step', at: 'a', to: 'end' }, () => ({ emits: [emit(bad, {})] }));
    p.property('P', (m) => {
      m.neverStep('a bad step', bad, () => true);
      m.never('a bad state', it.pc.is('b'));
    });
    return p.build();
  }

  test('is the state of a layer, though a step from an earlier state of the same layer is violated too', () => {
    expect(verdictOn(check(fork()), 'P')).toMatchObject({ claim: 'a bad state', steps: 1, shortest: 'proved' });
  });

  test('is not called proved when the search stops before its layer is judged', () => {
    const stopped = check(fork(), { maxStates: 3 });
    expect(verdictOn(stopped, 'P')).toMatchObject({ claim: 'a bad step', steps: 2, shortest: 'not-proved' });
  });
});

describe('rule coverage', () => {
  function withRule(heading: { readonly off?: string }) {
    const p = new ProtocolBuilder('coverage');
    const count = p.scalar('count', range(0, 2), 0);
    const a = p.process('counter', ['here']);
    a.step('count', { says: 'counts', at: 'here' }, () => ({
      when: [count.isNot(2)],
      then: [count.becomes(successor(count))],
    }));
    a.step('overflow', { says: 'overflows', at: 'here', ...heading }, () => ({ when: [count.is(1), count.is(2)] }));
    a.step('excluded', { says: 'cannot be', at: 'here', ...heading }, () => ({ when: [and(false)] }));
    return p.build();
  }

  test('names the rules that never fire, with and without a ground step', () => {
    const result = check(withRule({}));
    expect(result.rules).toEqual({ count: 2, overflow: 0, excluded: 0 });
    expect(verdictOn(result, 'impossible')).toMatchObject({ verdict: 'vacuous', neverFired: ['overflow', 'excluded'] });
  });

  test('names a rule that fires although the scenario should give it no occasion', () => {
    const p = new ProtocolBuilder('surprise', new Map(), (rule) => rule === 'late' && 'nobody comes late');
    const a = p.process('guest', ['out', 'in']);
    a.step('come', { says: 'comes', at: 'out', to: 'in' }, () => ({}));
    a.step('late', { says: 'comes late', at: 'out', to: 'in' }, () => ({}));
    expect(check(p.build())).toMatchObject({ unexpected: ['late'], rules: { come: 1, late: 1 }, neverFired: [] });
  });

  test('does not ask for rules that a decision switches off', () => {
    const result = check(withRule({ off: 'this design does not overflow' }));
    expect(result.neverFired).toEqual([]);
    expect(verdictOn(result, 'impossible').verdict).toBe('holds');
  });
});

test('a result is plain data: it crosses threads as it is', () => {
  for (const result of [check(brokenLock()), check(peterson(), { maxStates: 5 })]) {
    expect(structuredClone(result)).toEqual(result);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  }
});

describe('a protocol that is wrong', () => {
  test('is a fault that names the step and the values, not a disabled step', () => {
    const p = new ProtocolBuilder('overrun');
    const count = p.scalar('count', range(0, 2), 0);
    const counter = p.process('counter', ['here']);
    counter.step('count', { says: 'counts', at: 'here' }, () => ({ then: [count.becomes(successor(count))] }));
    p.property('small', (m) => m.never('two', count.is(2)));
    const message = 'overrun: counter count: a sum is 3, outside 0..2\n  in counter.at=here count=2';
    expect(() => check(p.build())).toThrow(new ProtocolFault(message));
  });

  test('is a fault when a lock is released that is not held', () => {
    const p = new ProtocolBuilder('thief');
    const lock = p.lock('lock');
    const owner = p.process('owner', ['out', 'in']);
    owner.step('take', { says: 'takes', at: 'out', to: 'in' }, () => ({ acquire: lock() }));
    p.process('thief', ['here']).step('steal', { says: 'lets go', at: 'here' }, () => ({ release: lock() }));
    expect(() => check(p.build())).toThrow('thief: thief steal: steal: thief must hold, to release it, lock');
  });
});

describe('a larger search', () => {
  test('has the states, transitions and depth of the oracle', () => {
    const ground = groundProtocol(entriesProtocol({ ...entriesSizes.small, workers: 1 }));
    const { states, transitions, depth } = oracle(ground);
    expect(check(ground, { slice: false, resets: false })).toMatchObject({
      states,
      transitions,
      depth,
      complete: true,
    });
    expect(states).toBeGreaterThan(3000);
  });

  test('tells how far it is, and the last time tells all', () => {
    const seen: number[] = [];
    const result = check(entriesProtocol(entriesSizes.small), {
      progressSeconds: 0,
      progress: (p) => seen.push(p.states),
    });
    expect(seen.at(-1)).toBe(result.states);
    expect(result.states).toBe(44_775);
  });

  test('ends with "incomplete" where memory does', () => {
    const result = check(entriesProtocol(entriesSizes.small), { maxMemory: 200_000 });
    expect(result).toMatchObject({ complete: false, stoppedBy: 'memory' });
    expect(result.states * result.bytesPerState).toBeLessThanOrEqual(200_000);
  });

  test('ends with "incomplete" when time is up', () => {
    expect(check(entriesProtocol(entriesSizes.small), { maxSeconds: 0 })).toMatchObject({ stoppedBy: 'seconds' });
  });

  test('hears a signal between slices', async () => {
    const controller = new AbortController();
    const promise = checkAsync(entriesProtocol(entriesSizes.large), { signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    expect(await promise).toMatchObject({ complete: false, stoppedBy: 'signal' });
  });
});
