import { bool, codeOf, type Domain, type Value } from './domain.ts';
import { eachCell, type Expression, type Variable } from './expression.ts';
import type { EventKind, Payload } from './step.ts';
import { asTerm, Cell, type Assignment, type Term } from './term.ts';

type Terms = Readonly<Record<string, Term>>;

/** How the ghosts of a property change when an event happens. */
export interface Listener {
  readonly event: EventKind;
  /** The stores to ghosts, from the payload of the event. */
  readonly stores: (payload: Terms) => readonly Assignment[];
}

/** What must never be: a state, a step, or a state in which nobody has anything left that must be done. */
export type Claim =
  | { readonly kind: 'never' | 'neverQuiescent'; readonly says: string; readonly of: Expression }
  | {
      readonly kind: 'neverStep';
      readonly says: string;
      readonly event: EventKind;
      /** What is claimed of a step, from the payload of its event. */
      readonly of: (payload: Terms) => Expression;
    };

/** What must be reachable, so that a property does not hold for want of anything to judge. */
export type Witness =
  | { readonly kind: 'state'; readonly says: string; readonly of: Expression }
  | {
      readonly kind: 'step';
      readonly says: string;
      readonly event: EventKind;
      /** What is claimed of a step, from the payload of its event. */
      readonly of: (payload: Terms) => Expression;
    };

/** A property as the engine sees it: ghosts, how they follow the events, what must never be, what must be reached. */
export interface Monitor {
  /** The property's stable id. */
  readonly property: string;
  readonly ghosts: readonly Variable[];
  readonly listeners: readonly Listener[];
  readonly claims: readonly Claim[];
  readonly witnesses: readonly Witness[];
}

/** Collects one property. A ghost reads ghosts and payloads only: the builder rejects anything else. */
export class MonitorBuilder {
  readonly property: string;
  readonly #ghosts: Variable[] = [];
  readonly #listeners: Listener[] = [];
  readonly #claims: Claim[] = [];
  readonly #witnesses: Witness[] = [];

  constructor(property: string) {
    this.property = property;
  }

  /** A ghost variable, one cell for each combination of the indices. */
  ghost<T extends Value>(
    name: string,
    domain: Domain<T>,
    initial: T,
    ...indices: readonly Domain<number>[]
  ): (...at: readonly Term<number>[]) => Cell<T> {
    const variable: Variable = {
      name: `${this.property}.${name}`,
      domain,
      indices,
      initial: codeOf(domain, initial),
      role: 'ghost',
    };
    this.#ghosts.push(variable);
    return (...at) => {
      if (at.length !== indices.length) throw new Error(`ghost ${variable.name} takes ${indices.length} indices`);
      return new Cell(
        variable,
        at.map((i) => i.expression),
        domain,
      );
    };
  }

  /** Says how the ghosts change when `event` happens. */
  on<P extends Readonly<Record<string, Value>>>(
    event: EventKind<P>,
    stores: (payload: Payload<P>) => readonly Assignment[],
  ): void {
    this.#listeners.push({ event, stores: stores as (payload: Terms) => readonly Assignment[] });
  }

  /** No reachable state satisfies `of`. */
  never(says: string, of: Term<boolean>): void {
    this.#claims.push({ kind: 'never', says, of: of.expression });
  }

  /** No state satisfies `of` in which every enabled step is a voluntary one. */
  neverQuiescent(says: string, of: Term<boolean>): void {
    this.#claims.push({ kind: 'neverQuiescent', says, of: of.expression });
  }

  /** No step that emits `event` satisfies `of` in the state before it. */
  neverStep<P extends Readonly<Record<string, Value>>>(
    says: string,
    event: EventKind<P>,
    of: (payload: Payload<P>) => Term<boolean> | boolean,
  ): void {
    const claim = (payload: Terms): Expression => asTerm(bool, of(payload as Payload<P>)).expression;
    this.#claims.push({ kind: 'neverStep', says, event, of: claim });
  }

  /** `of` is true after some run of at least one step: being true before anything happens does not count. */
  sometimes(says: string, of: Term<boolean>): void {
    this.#witnesses.push({ kind: 'state', says, of: of.expression });
  }

  /** Some step that emits `event` satisfies `of` in the state before it. */
  sometimesStep<P extends Readonly<Record<string, Value>>>(
    says: string,
    event: EventKind<P>,
    of: (payload: Payload<P>) => Term<boolean> | boolean = () => true,
  ): void {
    const claim = (payload: Terms): Expression => asTerm(bool, of(payload as Payload<P>)).expression;
    this.#witnesses.push({ kind: 'step', says, event, of: claim });
  }

  /** The finished property. */
  build(): Monitor {
    return {
      property: this.property,
      ghosts: this.#ghosts,
      listeners: this.#listeners,
      claims: this.#claims,
      witnesses: this.#witnesses,
    };
  }
}

/** Rejects a ghost's store that reads anything but ghosts, once the payload has been put in as opaque terms. */
export function checkGhostStore(store: Assignment, payloadCells: ReadonlySet<Expression>): void {
  if (store.variable.role !== 'ghost') throw new Error(`a property may not write ${store.variable.name}`);
  eachCell(store.value, (cell) => {
    if (cell.variable.role !== 'ghost' && !payloadCells.has(cell)) {
      throw new Error(
        `ghost ${store.variable.name} may not read ${cell.variable.name}: ghosts judge, not the implementation`,
      );
    }
  });
}
