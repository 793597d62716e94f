import { codeOf, type Domain, type Value } from './domain.ts';
import type { Variable } from './expression.ts';
import { MonitorBuilder, type Monitor } from './monitor.ts';
import { ProcessBuilder, type ProcessDeclaration, type StepChange } from './process.ts';
import type { Emission, EventKind, LockDeclaration, LockReference, Payload, Step } from './step.ts';
import { asTerm, Cell, type Term } from './term.ts';
import { bool } from './domain.ts';

/** A whole scenario as data: variables, locks, processes, steps and the properties that watch them. */
export interface Protocol {
  readonly name: string;
  readonly variables: readonly Variable[];
  readonly locks: readonly LockDeclaration[];
  readonly processes: readonly ProcessDeclaration[];
  readonly steps: readonly Step[];
  readonly monitors: readonly Monitor[];
  /** Rules that the design's decisions switch off, with the reason. */
  readonly off: ReadonlyMap<string, string>;
  /** Rules that are there but that this scenario should never take, with the reason: coverage does not ask for them. */
  readonly unused: ReadonlyMap<string, string>;
}

/** One lock of a declaration. A plain lock is held exclusively. */
export type LockHandle = (...at: readonly Term<number>[]) => LockReference;

/** Emits `event` from a step; where `when` is given, only if it is true in the state before the step. */
export function emit<P extends Readonly<Record<string, Value>>>(
  event: EventKind<P>,
  payload: Payload<P>,
  when: Term<boolean> | boolean = true,
): Emission {
  return { event, payload: payload as Readonly<Record<string, Term>>, when: asTerm(bool, when) };
}

/** Declares a kind of event: its name and, as a type, its payload. */
export function eventKind<P extends Readonly<Record<string, Value>>>(name: string): EventKind<P> {
  return { name };
}

/** Collects a protocol. Names are unique; a mistake throws at once, with the name. */
export class ProtocolBuilder {
  readonly name: string;
  readonly #variables: Variable[] = [];
  readonly #locks: LockDeclaration[] = [];
  readonly #processes: ProcessBuilder<string>[] = [];
  readonly #steps: Step[] = [];
  readonly #monitors: Monitor[] = [];
  readonly #off = new Map<string, string>();
  readonly #unused: (rule: string) => string | false;
  readonly #changes: ReadonlyMap<string, StepChange>;

  /**
   * `changes` are the rules that a mutant replaces; `unused` says of a rule why the scenario gives it no occasion: the
   * rule stays, and coverage does not ask for it.
   */
  constructor(
    name: string,
    changes: ReadonlyMap<string, StepChange> = new Map(),
    unused: (rule: string) => string | false = () => false,
  ) {
    this.name = name;
    this.#changes = changes;
    this.#unused = unused;
  }

  /** A shared variable, one cell for each combination of the indices. */
  array<T extends Value>(
    name: string,
    domain: Domain<T>,
    initial: T,
    indices: readonly Domain<number>[],
    role: 'plain' | 'machine' = 'plain',
  ): (...at: readonly Term<number>[]) => Cell<T> {
    const variable: Variable = { name, domain, indices, initial: codeOf(domain, initial), role };
    if (this.#variables.some((v) => v.name === name)) throw new Error(`variable ${name} is declared twice`);
    this.#variables.push(variable);
    return (...at) => {
      if (at.length !== indices.length) throw new Error(`${name} takes ${indices.length} indices, got ${at.length}`);
      return new Cell(
        variable,
        at.map((i, k) => asTerm(indices[k] as Domain<number>, i).expression),
        domain,
      );
    };
  }

  /** A shared variable with one cell. */
  scalar<T extends Value>(name: string, domain: Domain<T>, initial: T, role: 'plain' | 'machine' = 'plain'): Cell<T> {
    return this.array(name, domain, initial, [], role)();
  }

  /** A lock that one process at a time holds. */
  lock(name: string, ...indices: readonly Domain<number>[]): LockHandle {
    return this.#declareLock({ name, indices, shared: false }).exclusive;
  }

  /** A lock with one writer or many readers. */
  sharedLock(
    name: string,
    ...indices: readonly Domain<number>[]
  ): { readonly read: LockHandle; readonly write: LockHandle } {
    const { exclusive, shared } = this.#declareLock({ name, indices, shared: true });
    return { read: shared, write: exclusive };
  }

  #declareLock(lock: LockDeclaration): { readonly exclusive: LockHandle; readonly shared: LockHandle } {
    this.#locks.push(lock);
    const handle =
      (mode: 'exclusive' | 'shared'): LockHandle =>
      (...at) => ({ lock, mode, index: at.map((i) => i.expression) });
    return { exclusive: handle('exclusive'), shared: handle('shared') };
  }

  /** A process with one instance, or with one for each value of `index`; it starts at the first point. */
  process<const Point extends string>(
    name: string,
    points: readonly Point[],
    index?: Domain<number>,
  ): ProcessBuilder<Point> {
    const add = (step: Step): void => {
      if (this.#steps.some((s) => s.rule === step.rule && s.process !== step.process)) {
        throw new Error(`rule ${step.rule} is declared by two processes`);
      }
      this.#steps.push(step);
    };
    const off = (rule: string, because: string): void => void this.#off.set(rule, because);
    const builder = new ProcessBuilder({ name, index, points }, { add, off, changes: this.#changes });
    this.#processes.push(builder);
    return builder;
  }

  /** The processes that were declared so far. */
  get processes(): readonly ProcessBuilder<string>[] {
    return this.#processes;
  }

  /** Adds a property that `describe` builds. */
  property(id: string, describe: (monitor: MonitorBuilder) => void): void {
    const builder = new MonitorBuilder(id);
    describe(builder);
    this.#monitors.push(builder.build());
  }

  #unusedRules(): ReadonlyMap<string, string> {
    const reasons = this.#steps.map(({ rule }) => [rule, this.#unused(rule)] as const);
    return new Map(reasons.filter((pair): pair is readonly [string, string] => pair[1] !== false));
  }

  /** The finished protocol. */
  build(): Protocol {
    return {
      name: this.name,
      variables: this.#variables,
      locks: this.#locks,
      processes: this.#processes.map((p) => p.declaration()),
      steps: this.#steps,
      monitors: this.#monitors,
      off: this.#off,
      unused: this.#unusedRules(),
    };
  }
}
