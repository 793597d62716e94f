import {
  and,
  bool,
  choose,
  eventKind,
  emit,
  literal,
  lookup,
  not,
  oneOf,
  or,
  ProtocolBuilder,
  range,
  type Domain,
  type Protocol,
  type Table,
} from '../language/index.ts';

const two = range(0, 1);

/** Peterson's lock; without `yields`, a thread does not give way before it waits. */
export function peterson({ yields = true } = {}): Protocol {
  const p = new ProtocolBuilder('peterson');
  const wants = p.array('wants', bool, false, [two]);
  const turn = p.scalar('turn', two, 0);
  const t = p.process('thread', ['idle', 'wanting', 'waiting', 'critical'], two);
  const choices = { other: two };
  const isOther = (other: typeof t.self) => other.isNot(t.self);
  t.step('lock/want', { says: 'raises its flag', at: 'idle', to: 'wanting' }, () => ({
    then: [wants(t.self).becomes(true)],
  }));
  t.step('lock/yield', { says: 'gives way', at: 'wanting', to: 'waiting', choices }, ({ other }) => ({
    when: [isOther(other)],
    then: yields ? [turn.becomes(other)] : [],
  }));
  t.step('lock/enter', { says: 'finds its way free', at: 'waiting', to: 'critical', choices }, ({ other }) => ({
    when: [isOther(other), or(not(wants(other)), turn.is(t.self))],
  }));
  t.step('unlock', { says: 'lowers its flag', at: 'critical', to: 'idle' }, () => ({
    then: [wants(t.self).becomes(false)],
  }));
  p.property('mutex', (m) => {
    const inside = two.values.map((i) => t.pc.of(literal(two, i)).is('critical'));
    m.never('both threads are in the critical section', and(...inside));
    inside.forEach((is, i) => m.sometimes(`thread ${i} is in the critical section`, is));
  });
  return p.build();
}

/** A lock that looks and then takes, in two steps, as if that were one. */
export function brokenLock(): Protocol {
  const p = new ProtocolBuilder('broken-lock');
  const taken = p.scalar('taken', bool, false);
  const t = p.process('thread', ['idle', 'seen', 'critical'], two);
  const does = { path: 'lock.c', name: 'spin_lock' };
  t.step('spin_lock/look', { does, says: 'sees that the lock is free', at: 'idle', to: 'seen' }, () => ({
    when: [not(taken)],
  }));
  t.step('spin_lock/take', { does, says: 'takes it', at: 'seen', to: 'critical' }, () => ({
    then: [taken.becomes(true)],
  }));
  t.step(
    'spin_unlock',
    { does: { ...does, name: 'spin_unlock' }, says: 'lets go', at: 'critical', to: 'idle' },
    () => ({
      then: [taken.becomes(false)],
    }),
  );
  p.property('mutex', (m) => {
    m.never('both threads hold the lock', and(...two.values.map((i) => t.pc.of(literal(two, i)).is('critical'))));
    m.sometimes('the lock is taken', taken.is(true));
  });
  return p.build();
}

/** Readers share a lock that a writer has alone. */
export function readersAndWriter(readers: number): Protocol {
  const p = new ProtocolBuilder('readers-and-writer');
  const reader = range(0, readers - 1);
  const gate = p.sharedLock('gate');
  const r = p.process('reader', ['out', 'in'], reader);
  r.step('read_lock', { says: 'locks for reading', at: 'out', to: 'in', voluntary: true }, () => ({
    acquire: gate.read(),
  }));
  r.step('read_unlock', { says: 'unlocks', at: 'in', to: 'out' }, () => ({ release: gate.read() }));
  const w = p.process('writer', ['out', 'in']);
  w.step('write_lock', { says: 'locks for writing', at: 'out', to: 'in', voluntary: true }, () => ({
    acquire: gate.write(),
  }));
  w.step('write_unlock', { says: 'unlocks', at: 'in', to: 'out' }, () => ({ release: gate.write() }));
  p.property('exclusion', (m) => {
    const reading = reader.values.map((i) => r.pc.of(literal(reader, i)).is('in'));
    m.never('somebody reads what is being written', and(w.pc.is('in'), or(...reading)));
    m.sometimes('all read at once', and(...reading));
    m.sometimes('somebody writes', w.pc.is('in'));
  });
  return p.build();
}

/** A sleeper looks whether it must wait and then sleeps; a waker sets the flag and wakes. Looking again mends it. */
export function sleeperAndWaker({ looksAgain }: { readonly looksAgain: boolean }): Protocol {
  const p = new ProtocolBuilder('sleeper-and-waker');
  const isReady = p.scalar('ready', bool, false);
  const isQueued = p.scalar('queued', bool, false);
  const s = p.process('sleeper', ['start', 'decided', 'queued', 'asleep', 'done']);
  s.step('wait/look', { says: 'sees that it must wait', at: 'start', to: 'decided' }, () => ({ when: [not(isReady)] }));
  s.step('wait/no-need', { says: 'need not wait', at: 'start', to: 'done' }, () => ({ when: [isReady] }));
  s.step('wait/queue', { says: 'queues', at: 'decided', to: 'queued' }, () => ({ then: [isQueued.becomes(true)] }));
  s.step('wait/sleep', { says: 'sleeps', at: 'queued', to: 'asleep' }, () => ({
    when: looksAgain ? [not(isReady)] : [],
  }));
  s.step(
    'wait/look-again',
    { says: 'sees that it is ready', at: 'queued', to: 'done', off: !looksAgain && 'looks once' },
    () => ({
      when: [isReady],
    }),
  );
  s.step('wait/woken', { says: 'is woken', at: 'asleep', to: 'done' }, () => ({ when: [not(isQueued)] }));
  const w = p.process('waker', ['start', 'set', 'done']);
  w.step('wake/set', { says: 'makes it ready', at: 'start', to: 'set' }, () => ({ then: [isReady.becomes(true)] }));
  w.step('wake/wake', { says: 'wakes whoever is queued', at: 'set', to: 'done' }, () => ({
    then: [isQueued.becomes(false)],
  }));
  p.property('no lost wake-up', (m) => {
    m.neverQuiescent('the sleeper sleeps and nobody will wake it', s.pc.is('asleep'));
    m.sometimes('the sleeper sleeps', s.pc.is('asleep'));
  });
  return p.build();
}

/** Said when a message is sent, and when it arrives. */
const sent = eventKind<{ tag: number }>('sent');
const arrived = eventKind<{ tag: number }>('arrived');

/** A channel for one message; where it duplicates, a message may stay in it after it has been taken. */
export function channel({ duplicates }: { readonly duplicates: boolean }): Protocol {
  const p = new ProtocolBuilder('channel');
  const tag = range(0, 1);
  const slot = p.scalar('slot', { name: 'slot', values: [-1, 0, 1] }, -1);
  const s = p.process('sender', ['idle']);
  const put = (to: typeof s.self) => choose(to.is(0), literal(slot.domain, 0), 1);
  s.step('send', { says: 'sends', at: 'idle', choices: { tag }, voluntary: true }, (c) => ({
    when: [slot.is(-1)],
    then: [slot.becomes(put(c.tag))],
    emits: [emit(sent, { tag: c.tag })],
  }));
  const r = p.process('receiver', ['idle']);
  r.step('receive', { says: 'takes the message', at: 'idle', choices: { tag } }, (c) => ({
    when: [slot.is(put(c.tag))],
    then: [slot.becomes(-1)],
    emits: [emit(arrived, { tag: c.tag })],
  }));
  r.step(
    'receive/again',
    { says: 'leaves a copy', at: 'idle', choices: { tag }, off: !duplicates && 'exact' },
    (c) => ({
      when: [slot.is(put(c.tag))],
      emits: [emit(arrived, { tag: c.tag })],
    }),
  );
  p.property('once', (m) => {
    const open = m.ghost('open', bool, false, tag);
    m.on(sent, (e) => tag.values.map((v) => open(literal(tag, v)).becomes(or(open(literal(tag, v)), e.tag.is(v)))));
    m.on(arrived, (e) =>
      tag.values.map((v) => open(literal(tag, v)).becomes(and(open(literal(tag, v)), e.tag.isNot(v)))),
    );
    const isNotOpen = (e: { tag: typeof s.self }) =>
      or(...tag.values.map((v) => and(e.tag.is(v), not(open(literal(tag, v))))));
    m.neverStep('a message arrives that was not sent', arrived, (e) => isNotOpen(e));
    m.sometimesStep('message 1 arrives', arrived, (e) => e.tag.is(1));
  });
  return p.build();
}

/** A door with a machine that has no answer to being opened twice. */
export function door({ isGuarded }: { readonly isGuarded: boolean }): Protocol {
  const p = new ProtocolBuilder('door');
  const state = oneOf('door', 'shut', 'open');
  const event = oneOf('door event', 'push', 'pull');
  const next: Table & { readonly result: Domain<'shut' | 'open'> } = {
    name: 'door',
    args: [state, event],
    result: state,
    codes: Int16Array.of(1, -1, -1, 0),
    rules: ['door/opens', undefined, undefined, 'door/shuts'],
    machine: 'door',
  };
  const it = p.scalar('door', state, 'shut', 'machine');
  const a = p.process('guest', ['here']);
  a.step('push', { says: 'pushes', at: 'here' }, () => ({
    when: isGuarded ? [it.is('shut')] : [],
    then: [it.becomes(lookup(next, it, literal(event, 'push')))],
  }));
  a.step('pull', { says: 'pulls', at: 'here' }, () => ({
    when: [it.is('open')],
    then: [it.becomes(lookup(next, it, literal(event, 'pull')))],
  }));
  return p.build();
}
