import type { Domain, Value } from './domain.ts';
import type { Expression, Parameter, Variable } from './expression.ts';
import type { Assignment, Term } from './term.ts';

/** Where the source of a step is to be found; opaque to the engine. */
export interface Anchor {
  /** The file, relative to the root of the source tree. */
  readonly path: string;
  /** The function in that file. */
  readonly name: string;
}

/** A lock, or one lock of an array of locks. `shared` locks may be held by many readers or one writer. */
export interface LockDeclaration {
  /** Unique in a protocol. */
  readonly name: string;
  /** The index sets, outermost first; none for a single lock. */
  readonly indices: readonly Domain<number>[];
  /** Whether it can be taken for reading. */
  readonly shared: boolean;
}

/** One lock, and how it is held. */
export interface LockReference {
  readonly lock: LockDeclaration;
  readonly index: readonly Expression[];
  readonly mode: 'exclusive' | 'shared';
}

/** What a step does to one lock. `try` goes to `otherwise` when the lock cannot be taken at once. */
export type LockAction =
  | { readonly kind: 'acquire'; readonly of: LockReference }
  | { readonly kind: 'release'; readonly of: LockReference }
  | { readonly kind: 'try'; readonly of: LockReference; readonly otherwise: string };

/** A kind of user-visible event; `P` names its payload. Properties listen to events and to nothing else. */
export interface EventKind<P extends Readonly<Record<string, Value>> = Readonly<Record<string, Value>>> {
  /** Unique in the vocabulary. */
  readonly name: string;
  /** Phantom: carries the payload's type. */
  readonly payload?: P;
}

/** The terms of a payload. */
export type Payload<P extends Readonly<Record<string, Value>>> = { readonly [K in keyof P]: Term<P[K]> };

/** One event of a step; it happens only where `when` is true. */
export interface Emission {
  readonly event: EventKind;
  readonly payload: Readonly<Record<string, Term>>;
  readonly when: Term<boolean>;
}

/** What a step asks and does; one access that another actor could see the middle of. */
export interface StepBody<Point extends string = string> {
  /** All must hold for the step to be enabled. */
  readonly when?: readonly (Term<boolean> | boolean)[];
  /** Blocks until the lock is free, then takes it. */
  readonly acquire?: LockReference;
  /** Takes the lock if it is free, else goes to `otherwise`. */
  readonly tryAcquire?: LockReference;
  /** Where a failed `tryAcquire` goes. */
  readonly otherwise?: Point;
  /** Gives the lock back; the process must hold it. */
  readonly release?: LockReference;
  /** Locks that the process holds here; anything else is an internal error. */
  readonly requires?: readonly LockReference[];
  /** The stores; all read the state before the step. */
  readonly then?: readonly Assignment[];
  /** The user-visible events of the step. */
  readonly emits?: readonly Emission[];
}

/** Where a step stands in its process, and who says so. */
export interface StepHeading<Point extends string = string> {
  /** The kernel function that the step transcribes, or none for user space and hardware. */
  readonly does?: Anchor;
  /** One sentence: what is atomic here. */
  readonly says: string;
  /** The program points that the step can be taken at. */
  readonly at: Point | readonly Point[];
  /** The program point after it; the same point when left out. */
  readonly to?: Point;
  /** Starts something that nobody has to start: a user's call, an access, an event of the environment. */
  readonly voluntary?: boolean;
  /** Why the design never takes this step; it is then left out, and coverage does not ask for it. */
  readonly off?: string | false;
}

/** A step as data, for all values of its parameters. */
export interface Step {
  /** The rule: `function/what`, stable. */
  readonly rule: string;
  readonly process: string;
  readonly does?: Anchor;
  readonly says: string;
  readonly at: readonly string[];
  readonly to: string | undefined;
  readonly voluntary: boolean;
  /** The process's own index comes first, if it has one. */
  readonly parameters: readonly Parameter[];
  readonly when: Expression;
  readonly lock: LockAction | undefined;
  readonly requires: readonly LockReference[];
  readonly then: readonly Assignment[];
  readonly emits: readonly Emission[];
}

/** The variables that a list of stores writes. */
export function written(stores: readonly Assignment[]): ReadonlySet<Variable> {
  return new Set(stores.map((store) => store.variable));
}
