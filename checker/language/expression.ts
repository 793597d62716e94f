import type { Domain } from './domain.ts';

/** A total function over finite domains, held as data; `Infinity`-free: a forbidden argument maps to `forbidden`. */
export interface Table {
  /** Shown in errors, traces and exports. */
  readonly name: string;
  /** The domains of the arguments, outermost first. */
  readonly args: readonly Domain[];
  /** The domain of the result. */
  readonly result: Domain;
  /** Row-major codes of the results, one for each combination of arguments; `forbidden` where the model says "impossible". */
  readonly codes: Int16Array;
  /** The rule that each entry comes from, parallel to `codes`: which of them a search used is part of its coverage. */
  readonly rules?: readonly (string | undefined)[];
  /** Set when the table is the transition function of a machine: only such a table may be stored in a machine variable. */
  readonly machine?: string;
}

/** The code that stands for "impossible" in a {@link Table}; reaching it violates the claim `impossible`. */
export const forbidden = -1;

/** One variable; an array variable has one cell for each combination of its indices. */
export interface Variable {
  /** Unique in a protocol; shown in traces. */
  readonly name: string;
  /** The domain of each cell. */
  readonly domain: Domain;
  /** The index sets, outermost first; none for a scalar. */
  readonly indices: readonly Domain<number>[];
  /** The code that each cell starts with. */
  readonly initial: number;
  /** `ghost` judges and steers nothing; `machine` is written only through a machine's table; `lock` only by lock actions. */
  readonly role: 'plain' | 'ghost' | 'machine' | 'lock' | 'local' | 'pc';
  /** The process that owns a local or a program counter. */
  readonly process?: string;
}

/** A name bound by a step, a quantifier or a choice; each use is replaced by a code when the step is made ground. */
export interface Parameter {
  /** Unique object identity matters, the name is for reading. */
  readonly name: string;
  /** What it ranges over. */
  readonly domain: Domain;
}

/** An expression over codes, held as data. */
export type Expression =
  | { readonly kind: 'constant'; readonly code: number }
  | { readonly kind: 'parameter'; readonly parameter: Parameter }
  | { readonly kind: 'cell'; readonly variable: Variable; readonly index: readonly Expression[] }
  | { readonly kind: 'equal'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'less'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'and'; readonly of: readonly Expression[] }
  | { readonly kind: 'or'; readonly of: readonly Expression[] }
  | { readonly kind: 'if'; readonly when: Expression; readonly then: Expression; readonly otherwise: Expression }
  | { readonly kind: 'table'; readonly table: Table; readonly args: readonly Expression[] }
  /** The code `of` plus `by`; leaving `0..limit-1` is an internal error, never "step disabled". */
  | { readonly kind: 'plus'; readonly of: Expression; readonly by: number; readonly limit: number }
  | {
      readonly kind: 'forAll' | 'exists';
      readonly parameter: Parameter;
      readonly of: Expression;
    };

const constant = (code: number): Expression => ({ kind: 'constant', code });
const truth = (value: boolean): Expression => constant(value ? 1 : 0);
const isConstant = (e: Expression, code: number): boolean => e.kind === 'constant' && e.code === code;

/** Applies `change` to the direct parts of an expression. */
export function mapParts(e: Expression, change: (part: Expression) => Expression): Expression {
  switch (e.kind) {
    case 'constant':
    case 'parameter':
      return e;
    case 'cell':
      return { ...e, index: e.index.map(change) };
    case 'equal':
    case 'less':
      return { ...e, left: change(e.left), right: change(e.right) };
    case 'not':
    case 'plus':
    case 'forAll':
    case 'exists':
      return { ...e, of: change(e.of) };
    case 'and':
    case 'or':
      return { ...e, of: e.of.map(change) };
    case 'if':
      return { ...e, when: change(e.when), then: change(e.then), otherwise: change(e.otherwise) };
    case 'table':
      return { ...e, args: e.args.map(change) };
  }
}

function tableAt(table: Table, codes: readonly number[]): number {
  let at = 0;
  table.args.forEach((arg, i) => (at = at * arg.values.length + (codes[i] ?? 0)));
  return table.codes[at] ?? forbidden;
}

function foldJunction(kind: 'and' | 'or', of: readonly Expression[]): Expression {
  const neutral = kind === 'and' ? 1 : 0;
  const parts = of.flatMap((p) => (p.kind === kind ? p.of : [p])).filter((p) => !isConstant(p, neutral));
  if (parts.some((p) => isConstant(p, 1 - neutral))) return constant(1 - neutral);
  return parts.length === 0 ? constant(neutral) : parts.length === 1 ? (parts[0] as Expression) : { kind, of: parts };
}

/** Replaces an expression whose parts are constant by its value; the parts are folded already. */
function foldOne(e: Expression): Expression {
  switch (e.kind) {
    case 'equal':
      if (e.left.kind === 'constant' && e.right.kind === 'constant') return truth(e.left.code === e.right.code);
      return e;
    case 'less':
      if (e.left.kind === 'constant' && e.right.kind === 'constant') return truth(e.left.code < e.right.code);
      return e;
    case 'not':
      if (e.of.kind === 'constant') return truth(e.of.code === 0);
      return e.of.kind === 'not' ? e.of.of : e;
    case 'and':
    case 'or':
      return foldJunction(e.kind, e.of);
    case 'if':
      if (e.when.kind === 'constant') return e.when.code === 1 ? e.then : e.otherwise;
      return e;
    case 'table': {
      const codes = e.args.map((a) => (a.kind === 'constant' ? a.code : -1));
      if (codes.includes(-1)) return e;
      const code = tableAt(e.table, codes);
      return code === forbidden ? e : constant(code);
    }
    case 'plus':
      return e.of.kind === 'constant' && e.of.code + e.by >= 0 && e.of.code + e.by < e.limit
        ? constant(e.of.code + e.by)
        : e;
    default:
      return e;
  }
}

/** What each parameter stands for. */
export type Binding = ReadonlyMap<Parameter, number>;

/** Replaces parameters by their codes, unrolls quantifiers, folds what has become constant. */
export function ground(e: Expression, binding: Binding): Expression {
  if (e.kind === 'parameter') {
    const code = binding.get(e.parameter);
    return code === undefined ? e : constant(code);
  }
  if (e.kind === 'forAll' || e.kind === 'exists') {
    const of = e.parameter.domain.values.map((_, code) => ground(e.of, new Map([...binding, [e.parameter, code]])));
    return foldJunction(e.kind === 'forAll' ? 'and' : 'or', of);
  }
  return foldOne(mapParts(e, (part) => ground(part, binding)));
}

/** Visits every cell that an expression reads. */
export function eachCell(e: Expression, visit: (cell: Extract<Expression, { kind: 'cell' }>) => void): void {
  if (e.kind === 'cell') visit(e);
  mapParts(e, (part) => {
    eachCell(part, visit);
    return part;
  });
}
