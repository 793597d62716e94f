import { bool, oneOf, type Domain } from './domain.ts';
import type { Variable } from './expression.ts';
import type { Protocol } from './protocol.ts';
import type { LockDeclaration, LockReference } from './step.ts';
import { and, Cell, not, type Assignment, type Term } from './term.ts';

interface Parts {
  readonly owner: Variable;
  /** One bit a reader, by actor name. */
  readonly readers: ReadonlyMap<string, Variable>;
}

/** The variables behind the locks: who owns each one, and one bit for each actor that may read-hold it. */
export class LockCells {
  readonly variables: Variable[] = [];
  readonly #parts = new Map<LockDeclaration, Parts>();

  constructor(protocol: Protocol) {
    for (const lock of protocol.locks) {
      const users = (mode: LockReference['mode']): string[] => LockCells.#users(protocol, lock, mode);
      const owner = this.#declare(
        `${lock.name}${lock.shared ? '.writer' : ''}`,
        oneOf(`${lock.name} owner`, 'free', ...users('exclusive')),
        lock,
      );
      const readers = new Map(
        users('shared').map((actor) => [actor, this.#declare(`${lock.name}.${actor}`, bool, lock)]),
      );
      this.#parts.set(lock, { owner, readers });
    }
  }

  static #users(protocol: Protocol, lock: LockDeclaration, mode: LockReference['mode']): string[] {
    const users = new Set<string>();
    for (const step of protocol.steps) {
      if (step.lock?.of.lock !== lock || step.lock.of.mode !== mode) continue;
      const index = protocol.processes.find((p) => p.name === step.process)?.index;
      for (const i of index ? index.values : ['']) users.add(step.process + String(i));
    }
    return [...users];
  }

  #declare(name: string, domain: Domain, lock: LockDeclaration): Variable {
    const variable: Variable = { name, domain, indices: lock.indices, initial: 0, role: 'lock' };
    this.variables.push(variable);
    return variable;
  }

  #of(ref: LockReference): { owner: Cell<string>; readers: Map<string, Cell<boolean>> } {
    const parts = this.#parts.get(ref.lock);
    if (parts === undefined) throw new Error(`lock ${ref.lock.name} is not declared in this protocol`);
    const owner = new Cell(parts.owner, ref.index, parts.owner.domain as Domain<string>);
    return { owner, readers: new Map([...parts.readers].map(([actor, v]) => [actor, new Cell(v, ref.index, bool)])) };
  }

  /** True when `actor` can take the lock at once. */
  free(ref: LockReference, actor: string): Term<boolean> {
    const { owner, readers } = this.#of(ref);
    if (ref.mode === 'shared') return and(owner.is('free'), not(readers.get(actor) as Cell<boolean>));
    return and(owner.is('free'), ...[...readers.values()].map((r) => not(r)));
  }

  /** True when `actor` holds the lock in the mode given. */
  held(ref: LockReference, actor: string): Term<boolean> {
    const { owner, readers } = this.#of(ref);
    if (ref.mode === 'exclusive') return owner.domain.values.includes(actor) ? owner.is(actor) : and(false);
    return readers.get(actor) ?? and(false);
  }

  /** The store that takes the lock or gives it back. */
  set(ref: LockReference, actor: string, taken: boolean): Assignment[] {
    const { owner, readers } = this.#of(ref);
    if (ref.mode === 'exclusive') return [owner.becomes(taken ? actor : 'free')];
    const reader = readers.get(actor);
    if (reader === undefined)
      throw new Error(`${actor} never takes ${ref.lock.name} for reading, so it cannot release it`);
    return [reader.becomes(taken)];
  }
}
