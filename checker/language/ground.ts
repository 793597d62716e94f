import type { Table, Variable } from './expression.ts';
import type { Anchor } from './step.ts';
import type { Term } from './term.ts';

/** One cell of the state: a scalar, or one element of an array. */
export interface Slot {
  /** `pte[0]`, `cpu1.write`: shown in traces. */
  readonly name: string;
  readonly variable: Variable;
  /** The codes of the indices. */
  readonly index: readonly number[];
}

/** An expression over slots: no parameter and no quantifier is left. */
export type GroundExpression =
  | { readonly kind: 'constant'; readonly code: number }
  | { readonly kind: 'slot'; readonly slot: number }
  | { readonly kind: 'equal' | 'less'; readonly left: GroundExpression; readonly right: GroundExpression }
  | { readonly kind: 'not'; readonly of: GroundExpression }
  | { readonly kind: 'and' | 'or'; readonly of: readonly GroundExpression[] }
  | {
      readonly kind: 'if';
      readonly when: GroundExpression;
      readonly then: GroundExpression;
      readonly otherwise: GroundExpression;
    }
  | { readonly kind: 'table'; readonly table: Table; readonly args: readonly GroundExpression[] }
  /** True where the table says "impossible". */
  | { readonly kind: 'forbidden'; readonly table: Table; readonly args: readonly GroundExpression[] }
  | { readonly kind: 'plus'; readonly of: GroundExpression; readonly by: number; readonly limit: number };

/** A store to one slot. */
export interface GroundStore {
  readonly slot: number;
  readonly value: GroundExpression;
}

/** A claim or a witness of one property, as an expression. */
export interface GroundClaim {
  readonly property: string;
  readonly says: string;
  readonly of: GroundExpression;
}

/** An event as it happens in a ground step. */
export interface GroundEvent {
  readonly name: string;
  readonly when: GroundExpression;
  readonly payload: Readonly<Record<string, { readonly value: GroundExpression; readonly of: Term['domain'] }>>;
}

/** One step of one actor with all parameters bound. */
export interface GroundStep {
  readonly rule: string;
  /** `cpu0`, `manager`. */
  readonly actor: string;
  readonly does: Anchor | undefined;
  readonly says: string;
  /** The values of the step's own parameters, for reading and for replay. */
  readonly chosen: Readonly<Record<string, string | number | boolean>>;
  /** A `try` gives two ground steps. */
  readonly outcome: 'plain' | 'taken' | 'busy';
  readonly voluntary: boolean;
  readonly pc: number;
  /** Codes of the program points that it can be taken at. */
  readonly from: readonly number[];
  /** The code of the point after it, or undefined when it stays. */
  readonly to: number | undefined;
  readonly guard: GroundExpression;
  /** What must hold when the guard does; else the protocol is wrong, and the search throws. */
  readonly asserts: readonly { readonly says: string; readonly of: GroundExpression }[];
  /** Stores to implementation slots, ghosts and locks; the program counter is not among them. */
  readonly stores: readonly GroundStore[];
  readonly events: readonly GroundEvent[];
  readonly claims: readonly GroundClaim[];
  readonly witnesses: readonly GroundClaim[];
}

/** A protocol with everything bound: what the compiler, the naive search and the exports start from. */
export interface GroundProtocol {
  readonly name: string;
  readonly slots: readonly Slot[];
  readonly initial: readonly number[];
  readonly actors: readonly {
    readonly name: string;
    readonly process: string;
    readonly pc: number;
    readonly points: readonly string[];
  }[];
  readonly steps: readonly GroundStep[];
  /** Every rule that is declared and not switched off, whether or not its guard leaves it a ground step. */
  readonly rules: readonly string[];
  /** Claims on states: `quiescent` ones are judged only where every enabled step is voluntary. */
  readonly stateClaims: readonly (GroundClaim & { readonly quiescent: boolean })[];
  readonly stateWitnesses: readonly GroundClaim[];
  /** Every witness that is declared, whether or not a step is left that could reach it. */
  readonly witnesses: readonly { readonly property: string; readonly says: string }[];
  /** All properties, `impossible` included, in order. */
  readonly properties: readonly string[];
  readonly off: ReadonlyMap<string, string>;
}

/** Applies `change` to the direct parts of a ground expression. */
export function mapGround(e: GroundExpression, change: (part: GroundExpression) => GroundExpression): GroundExpression {
  switch (e.kind) {
    case 'constant':
    case 'slot':
      return e;
    case 'equal':
    case 'less':
      return { ...e, left: change(e.left), right: change(e.right) };
    case 'not':
    case 'plus':
      return { ...e, of: change(e.of) };
    case 'and':
    case 'or':
      return { ...e, of: e.of.map(change) };
    case 'if':
      return { ...e, when: change(e.when), then: change(e.then), otherwise: change(e.otherwise) };
    case 'table':
    case 'forbidden':
      return { ...e, args: e.args.map(change) };
  }
}

/** Visits every slot that a ground expression reads. */
export function eachSlot(e: GroundExpression, visit: (slot: number) => void): void {
  if (e.kind === 'slot') visit(e.slot);
  mapGround(e, (part) => {
    eachSlot(part, visit);
    return part;
  });
}
