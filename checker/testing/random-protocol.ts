import {
  and,
  bool,
  choose,
  emit,
  eventKind,
  exists,
  forAll,
  literal,
  lookup,
  not,
  or,
  ProtocolBuilder,
  Queue,
  type Assignment,
  type Cell,
  type Domain,
  type Emission,
  type LockHandle,
  type Protocol,
  type Term,
} from '../language/index.ts';
import { colour, Expressions, index, small, Tape, type Kind } from './random-expressions.ts';

const happened = eventKind<{ n: number; who: number }>('happened');
const ended = eventKind<{ n: number; who: number }>('ended');

/** A protocol, and what it turned out to contain. */
export interface RandomProtocol {
  readonly protocol: Protocol;
  readonly traits: ReadonlySet<string>;
}

const unchanged = (cell: Cell): Term<boolean> => cell.is(cell.domain.values[cell.variable.initial] as string);

class Generator {
  readonly tape: Tape;
  readonly p = new ProtocolBuilder('random');
  readonly traits = new Set<string>();
  readonly shared: Kind[];
  readonly bits: (...at: readonly Term<number>[]) => Cell<boolean>;
  readonly machine: Cell<string>;
  readonly queue: Queue | undefined;
  readonly locks: LockHandle[];
  /** The points of each process that claims may look at. */
  readonly points: Term<boolean>[] = [];
  /** That each process is where it starts. */
  readonly starts: Term<boolean>[] = [];

  constructor(tape: Tape) {
    this.tape = tape;
    const { p } = this;
    this.bits = p.array('bit', bool, tape.once(2), [index]);
    this.machine = p.scalar('machine', colour, tape.of(colour.values), 'machine');
    const bit = literal(index, tape.below(2));
    this.shared = [
      {
        domain: small,
        cells: [p.scalar('n', small, tape.below(3)), ...(tape.once(2) ? [p.scalar('m', small, 0)] : [])],
      },
      { domain: bool, cells: [p.scalar('flag', bool, false), this.bits(bit), this.bits(literal(index, 1))] },
      { domain: colour, cells: [p.scalar('paint', colour, 'red')] },
    ];
    this.queue = tape.once(4) ? new Queue(p, 'queue', index) : undefined;
    const both = p.sharedLock('gate');
    this.locks = [p.lock('door'), both.read, both.write];
  }

  emissions(x: Expressions, who: Term<number>): Emission[] {
    if (!this.tape.once(2)) return [];
    const one = (kind: typeof happened): Emission => {
      const when = this.tape.once(3) ? x.condition(1) : true;
      return emit(kind, { n: x.value(small, 1) as Term<number>, who }, when);
    };
    this.traits.add('events');
    return this.tape.once(3) ? [one(happened), one(ended)] : [one(this.tape.of([happened, ended]))];
  }

  stores(x: Expressions, n?: Term<number>): Assignment[] {
    const targets = x.kinds.flatMap((k) => k.cells).filter((c) => c.variable.role !== 'machine' && this.tape.once(3));
    const unique = targets.filter((c, i) => !targets.some((d, k) => k < i && d.variable === c.variable));
    const stores = unique.map((cell) => {
      const value = n && cell.domain === (small as Domain) && this.tape.once(2) ? n : x.value(cell.domain);
      return cell.becomes(value);
    });
    if (this.tape.once(4)) {
      const next = lookup(x.machine, this.machine, x.value(small, 1));
      stores.push(this.machine.becomes(this.tape.once(2) ? choose(x.condition(1), next, this.machine) : next));
    }
    return stores;
  }

  process(name: string): void {
    const { tape, p } = this;
    const points = ['a', 'b', 'c', 'held', 'inside'] as const;
    const isMany = tape.once(2);
    const proc = p.process(name, points, isMany ? index : undefined);
    if (isMany) this.traits.add('several');
    const locals: Kind[] = [
      { domain: small, cells: [proc.local('count', small, tape.below(3))] },
      { domain: bool, cells: [proc.local('seen', bool, false)] },
    ];
    const kinds = this.shared.map((k) => ({
      ...k,
      cells: [...k.cells, ...locals.filter((l) => l.domain === k.domain).flatMap((l) => l.cells)],
    }));
    const x = new Expressions(tape, kinds);
    const who = isMany ? proc.self : (literal(index, 0) as Term<number>);
    const free = ['a', 'b', 'c'] as const;
    for (let i = tape.below(4) + 2; i > 0; i--) {
      const at = tape.once(4)
        ? [i % 2 === 0 ? 'a' : tape.of(free), 'inside' as const]
        : i % 2 === 0
          ? 'a'
          : tape.of(free);
      const to = tape.once(3) || typeof at !== 'string' ? undefined : tape.of(free);
      const choices = tape.once(2) ? { n: small } : {};
      if ('n' in choices) this.traits.add('choice');
      const unique = typeof at === 'string' ? at : [...new Set(at)];
      const heading = { says: `step ${i}`, at: unique, ...(to && { to }), voluntary: tape.once(4), choices };
      const body = (n?: Term<number>) => ({
        ...this.queueing(
          who,
          [...(tape.once(3) ? [x.condition()] : []), ...(n && tape.once(2) ? [n.isNot(1)] : [])],
          [...this.stores(x, n)],
        ),
        emits: this.emissions(x, who),
      });
      proc.step(`${name}/step${i}`, heading, (chosen) => body((chosen as { n?: Term<number> }).n));
    }
    if (!tape.once(5)) this.section(proc, name, x, who);
    const point = tape.of(free);
    this.starts.push(...(isMany ? index.values.map((i) => proc.pc.of(literal(index, i)).is('a')) : [proc.pc.is('a')]));
    this.points.push(isMany ? proc.pc.of(literal(index, 1) as Term<number>).is(point) : proc.pc.is(point));
    if (isMany && tape.once(3)) {
      this.points.push(proc.pc.of(literal(index, 0) as Term<number>).is('inside'));
    }
  }

  /** A guard and stores, with something done to the queue besides. */
  queueing(who: Term<number>, when: Term<boolean>[], then: Assignment[]) {
    const { queue, tape } = this;
    if (queue === undefined) return { when, then };
    switch (tape.below(5)) {
      case 0:
        return { when: [...when, not(queue.holds(who))], then: [...then, ...queue.push(who)] };
      case 1:
        return { when: [...when, queue.headIs(who)], then: [...then, ...queue.remove(who)] };
      case 2:
        return { when: [...when, not(queue.isEmpty())], then: [...then, ...queue.clear()] };
      default:
        return { when, then };
    }
  }

  section(proc: ReturnType<ProtocolBuilder['process']>, name: string, x: Expressions, who: Term<number>): void {
    const { tape } = this;
    const lock = tape.of(this.locks);
    const isTry = tape.once(2);
    this.traits.add('locks').add(isTry ? 'try' : 'blocking');
    const when = tape.once(4) ? [x.condition(1)] : [];
    const then = isTry ? { tryAcquire: lock(), otherwise: tape.of(['a', 'b', 'c'] as const) } : { acquire: lock() };
    proc.step(`${name}/lock`, { says: 'locks', at: tape.of(['a', 'b']), to: 'held' }, () => ({ when, ...then }));
    const isWild = tape.once(30);
    proc.step(`${name}/work`, { says: 'works', at: isWild ? ['held', 'c'] : 'held', to: 'inside' }, () => ({
      requires: [lock()],
      then: this.stores(x),
      emits: this.emissions(x, who),
    }));
    proc.step(`${name}/unlock`, { says: 'unlocks', at: 'inside', to: tape.of(['a', 'c']) }, () => ({
      release: lock(),
    }));
  }

  property(id: string, cells: Expressions): void {
    const { tape, p } = this;
    p.property(id, (m) => {
      const last = m.ghost('last', small, 0);
      const perWho = m.ghost('perWho', bool, false, index);
      const ghosts: Cell[] = [last(), perWho(literal(index, 0) as Term<number>)];
      const ghost = new Expressions(
        tape,
        [small, bool, colour].map((domain) => ({ domain, cells: [] })),
      );
      if (tape.once(2)) {
        this.traits.add('ghosts');
        m.on(happened, ({ n }) => [last().becomes(tape.once(2) ? n : choose(last().is(n), literal(small, 2), last()))]);
        const value = ghost.value(bool, 1, ghosts) as Term<boolean>;
        m.on(ended, ({ n, who }) => [
          ...index.values.map((i) =>
            perWho(literal(index, i)).becomes(choose(who.is(i), value, perWho(literal(index, i)))),
          ),
          ...(tape.once(2) ? [last().becomes(n)] : []),
        ]);
      }
      const where = (): Term<boolean> => (this.points.length > 0 && tape.once(2) ? tape.of(this.points) : and(true));
      const state = (): Term<boolean> => and(cells.condition(1, ghosts), cells.condition(1, ghosts), where());
      if (tape.once(2)) m.never('a bad state', state());
      if (tape.once(3))
        m.never(
          'all bits and more',
          and(
            forAll(index, (i) => this.bits(i)),
            state(),
          ),
        );
      if (tape.once(2)) {
        this.traits.add('quiescent');
        m.neverQuiescent(
          'stuck',
          and(
            or(
              state(),
              exists(index, (i) => this.bits(i)),
            ),
            cells.condition(1),
          ),
        );
      }
      if (tape.once(2)) m.neverStep('a bad step', happened, ({ n }) => and(n.is(2), cells.condition(1, ghosts)));
      if (tape.once(2)) m.sometimes('a good state', state());
      if (tape.once(2))
        m.sometimes(
          'all as it began',
          and(...this.starts, ...this.shared.flatMap(({ cells: all }) => all.map(unchanged))),
        );
      if (tape.once(2)) m.sometimesStep('a good step', ended, ({ n }) => n.is(1));
    });
  }
}

/** A small protocol made of the random bytes given: the same bytes give the same protocol. */
export function randomProtocol(bytes: Uint8Array): RandomProtocol {
  const g = new Generator(new Tape(bytes));
  const processes = g.tape.below(2) + 1;
  for (let i = 0; i < processes; i++) g.process(['left', 'right'][i] as string);
  if (processes > 1) g.traits.add('several');
  const cells = new Expressions(g.tape, g.shared);
  g.property('P', cells);
  if (g.tape.once(2)) g.property('Q', cells);
  return { protocol: g.p.build(), traits: g.traits };
}
