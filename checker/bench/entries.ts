import {
  and,
  bool,
  exists,
  implies,
  not,
  oneOf,
  or,
  ProtocolBuilder,
  range,
  successor,
  type Protocol,
  type Term,
} from '../language/index.ts';

/** How large the benchmark's protocol is. */
export interface EntriesSize {
  readonly entries: number;
  readonly workers: number;
  readonly movers: number;
}

/** About 10^5, 10^6 and 10^7 states. */
export const entriesSizes: Readonly<Record<'small' | 'medium' | 'large', EntriesSize>> = {
  small: { entries: 1, workers: 2, movers: 1 },
  medium: { entries: 2, workers: 2, movers: 0 },
  large: { entries: 2, workers: 2, movers: 1 },
};

const form = oneOf('form', 'empty', 'present', 'stored', 'moving');

function world(size: EntriesSize) {
  const p = new ProtocolBuilder('entries');
  const item = range(0, size.entries - 1);
  return {
    p,
    size,
    item,
    form: p.array('form', form, 'empty', [item]),
    write: p.array('write', bool, false, [item]),
    marked: p.array('marked', bool, false, [item]),
    closed: p.array('closed', bool, false, [item]),
    dirty: p.array('dirty', bool, false, [item]),
    object: p.lock('object', item),
    table: p.lock('table'),
  };
}

type World = ReturnType<typeof world>;

/** Workers use entries: without a lock first, then under the table lock, where they look again. */
function addWorkers(w: World): void {
  const points = ['run', 'read', 'object', 'table', 'done', 'unlocked', 'told', 'waiting'] as const;
  const t = w.p.process('worker', points, range(0, w.size.workers - 1));
  const item = t.local('item', w.item, 0);
  const writes = t.local('writes', bool, false);
  const seen = t.local('seen', form, 'empty');
  const step = (
    rule: string,
    at: (typeof points)[number],
    to: (typeof points)[number],
    of: (i: Term<number>) => object,
  ) =>
    t.step(`worker/${rule}`, { says: rule, at, to, choices: { i: w.item } }, ({ i }) => {
      const body = of(i) as { when?: Term<boolean>[] };
      return { ...body, when: [item.is(i), ...(body.when ?? [])] };
    });
  t.step('worker/start', { says: 'starts', at: 'run', to: 'read', choices: { i: w.item, write: bool } }, (c) => ({
    then: [item.becomes(c.i), writes.becomes(c.write), seen.becomes(w.form(c.i))],
  }));
  step('hit', 'read', 'run', (i) => ({
    when: [w.form(i).is('present'), not(w.closed(i)), implies(writes, w.write(i))],
    then: [w.dirty(i).becomes(or(w.dirty(i), writes))],
  }));
  step('lock-object', 'read', 'object', (i) => ({ when: [seen.is('stored')], acquire: w.object(i) }));
  step('lock-table', 'read', 'table', () => ({ when: [seen.isOneOf('empty', 'present')], acquire: w.table() }));
  step('lock-table-too', 'object', 'table', () => ({ acquire: w.table() }));
  if (w.size.movers > 0) {
    step('wait', 'read', 'waiting', () => ({ when: [seen.is('moving')] }));
    step('moved', 'waiting', 'run', (i) => ({ when: [w.form(i).isNot('moving')] }));
  }
  step('changed', 'table', 'done', (i) => ({ when: [w.form(i).isNot('present'), w.form(i).isNot(seen)] }));
  step('map', 'table', 'done', (i) => ({
    when: [w.form(i).is(seen), seen.isOneOf('empty', 'stored')],
    then: [
      w.form(i).becomes('present'),
      w.closed(i).becomes(w.marked(i)),
      w.write(i).becomes(and(writes, not(w.marked(i)))),
    ],
  }));
  step('tell', 'table', 'told', (i) => ({ when: [w.form(i).is('present'), w.marked(i)], release: w.table() }));
  step('upgrade', 'table', 'done', (i) => ({
    when: [w.form(i).is('present'), not(w.marked(i))],
    requires: [w.table()],
    then: [w.write(i).becomes(or(w.write(i), writes))],
  }));
  step('unlock-table', 'done', 'unlocked', () => ({ release: w.table() }));
  step('unlock-object', 'unlocked', 'run', (i) => ({ when: [seen.is('stored')], release: w.object(i) }));
  step('retry', 'unlocked', 'run', () => ({ when: [seen.isNot('stored')] }));
  step('answered', 'told', 'unlocked', (i) => ({ when: [not(w.marked(i))] }));
}

/** Empties an entry and stores another form of it, under both locks, in two steps. */
function addReplacer(w: World, name: string, to: 'stored' | 'moving'): void {
  const r = w.p.process(name, ['idle', 'object', 'table', 'emptied', 'set', 'away', 'again', 'back', 'last'] as const);
  const item = r.local('item', w.item, 0);
  const choices = { i: w.item };
  r.step(`${name}/object`, { says: 'locks the object', at: 'idle', to: 'object', choices }, ({ i }) => ({
    when: [w.form(i).is('present')],
    acquire: w.object(i),
    then: [item.becomes(i)],
  }));
  r.step(`${name}/table`, { says: 'locks the table', at: 'object', to: 'table' }, () => ({ acquire: w.table() }));
  r.step(`${name}/empty`, { says: 'empties', at: 'table', to: 'emptied', choices }, ({ i }) => ({
    requires: [w.table(), w.object(i)],
    when: [item.is(i)],
    then: [w.form(i).becomes('empty'), w.closed(i).becomes(false), w.dirty(i).becomes(false)],
  }));
  r.step(`${name}/set`, { says: 'stores', at: 'emptied', to: 'set', choices }, ({ i }) => ({
    requires: [w.table()],
    when: [item.is(i)],
    then: [w.form(i).becomes(to)],
  }));
  r.step(`${name}/unlock-table`, { says: 'unlocks', at: 'set', to: to === 'stored' ? 'last' : 'away' }, () => ({
    release: w.table(),
  }));
  if (to === 'moving') {
    r.step(`${name}/table-again`, { says: 'locks', at: 'away', to: 'again' }, () => ({ acquire: w.table() }));
    r.step(`${name}/restore`, { says: 'restores', at: 'again', to: 'back', choices }, ({ i }) => ({
      when: [item.is(i)],
      then: [w.form(i).becomes('present'), w.closed(i).becomes(w.marked(i))],
    }));
    r.step(`${name}/unlock-again`, { says: 'unlocks', at: 'back', to: 'last' }, () => ({ release: w.table() }));
  }
  r.step(`${name}/unlock-object`, { says: 'unlocks', at: 'last', to: 'idle', choices }, ({ i }) => ({
    when: [item.is(i)],
    release: w.object(i),
  }));
}

/** Marks all entries one by one, and takes single marks away again. */
function addManager(w: World): void {
  const m = w.p.process('manager', ['idle', 'next', 'marking', 'marked', 'clearing', 'cleared'] as const);
  const item = m.local('item', w.item, 0);
  const last = w.size.entries - 1;
  const choices = { i: w.item };
  m.step('manager/start', { says: 'starts to mark all', at: 'idle', to: 'next' }, () => ({ then: [item.becomes(0)] }));
  m.step('manager/lock', { says: 'locks', at: 'next', to: 'marking' }, () => ({ acquire: w.table() }));
  m.step('manager/mark', { says: 'marks', at: 'marking', to: 'marked', choices }, ({ i }) => ({
    when: [item.is(i)],
    then: [w.marked(i).becomes(true), w.write(i).becomes(false), w.closed(i).becomes(w.form(i).is('present'))],
  }));
  m.step('manager/more', { says: 'unlocks', at: 'marked', to: 'next', off: last === 0 && 'one entry' }, () => ({
    when: [item.isNot(last)],
    release: w.table(),
    then: last === 0 ? [] : [item.becomes(successor(item))],
  }));
  m.step('manager/end', { says: 'unlocks', at: 'marked', to: 'idle' }, () => ({
    when: [item.is(last)],
    release: w.table(),
  }));
  m.step('manager/answer', { says: 'locks to answer', at: 'idle', to: 'clearing', choices }, ({ i }) => ({
    when: [w.marked(i)],
    acquire: w.table(),
    then: [item.becomes(i)],
  }));
  m.step('manager/clear', { says: 'clears', at: 'clearing', to: 'cleared', choices }, ({ i }) => ({
    when: [item.is(i)],
    then: [w.marked(i).becomes(false), w.closed(i).becomes(false)],
  }));
  m.step('manager/unlock', { says: 'unlocks', at: 'cleared', to: 'idle' }, () => ({ release: w.table() }));
}

/**
 * A protocol of the kind that the engine is made for: entries that many processes rewrite under two levels of locks,
 * with readers that look without one.
 */
export function entriesProtocol(size: EntriesSize): Protocol {
  const w = world(size);
  addWorkers(w);
  addReplacer(w, 'storer', 'stored');
  if (size.movers > 0) addReplacer(w, 'mover', 'moving');
  addManager(w);
  w.p.property('shape', (m) => {
    const some = (of: (i: Term<number>) => Term<boolean>): Term<boolean> => exists(w.item, of);
    m.never(
      'a marked entry is open',
      some((i) => and(w.form(i).is('present'), w.marked(i), not(w.closed(i)))),
    );
    m.never(
      'an entry that is not there is dirty',
      some((i) => and(w.dirty(i), w.form(i).isNot('present'))),
    );
    m.sometimes(
      'an entry is stored',
      some((i) => w.form(i).is('stored')),
    );
  });
  return w.p.build();
}
