import { bool, codeOf, sameDomain, type Domain, type Value } from './domain.ts';
import type { Expression, Parameter, Table, Variable } from './expression.ts';

/** An expression with the type of its value: what authors of protocols write. */
export class Term<T extends Value = Value> {
  readonly expression: Expression;
  readonly domain: Domain<T>;

  constructor(expression: Expression, domain: Domain<T>) {
    this.expression = expression;
    this.domain = domain;
  }

  /** True when the value is `other`. */
  is(other: T | Term<T>): Term<boolean> {
    return new Term({ kind: 'equal', left: this.expression, right: asTerm(this.domain, other).expression }, bool);
  }

  /** True when the value is not `other`. */
  isNot(other: T | Term<T>): Term<boolean> {
    return not(this.is(other));
  }

  /** True when the value is one of those listed. */
  isOneOf(...others: readonly T[]): Term<boolean> {
    return or(...others.map((other) => this.is(other)));
  }
}

/** One store: the cell takes the value when the step is taken; all stores of a step read the state before it. */
export interface Assignment {
  /** The cell that is written. */
  readonly variable: Variable;
  /** Which cell of an array. */
  readonly index: readonly Expression[];
  /** The new code. */
  readonly value: Expression;
}

/** A term that names a cell, so that it can be stored to. */
export class Cell<T extends Value = Value> extends Term<T> {
  readonly variable: Variable;
  readonly index: readonly Expression[];

  constructor(variable: Variable, index: readonly Expression[], of: Domain<T>) {
    super({ kind: 'cell', variable, index }, of);
    this.variable = variable;
    this.index = index;
  }

  /** The store of `value` to this cell. */
  becomes(value: T | Term<T>): Assignment {
    return { variable: this.variable, index: this.index, value: asTerm(this.domain, value).expression };
  }
}

/** A value, or a term that yields it; the domains must agree. */
export function asTerm<T extends Value>(of: Domain<T>, value: T | Term<T>): Term<T> {
  if (!(value instanceof Term)) return new Term({ kind: 'constant', code: codeOf(of, value) }, of);
  if (!sameDomain(of, value.domain)) throw new Error(`a ${value.domain.name} stands where a ${of.name} is expected`);
  return value;
}

/** A constant of a domain. */
export function literal<T extends Value>(of: Domain<T>, value: T): Term<T> {
  return asTerm(of, value);
}

/** The term for a bound name. */
export function parameterTerm<T extends Value>(parameter: Parameter & { readonly domain: Domain<T> }): Term<T> {
  return new Term({ kind: 'parameter', parameter }, parameter.domain);
}

type Bool = boolean | Term<boolean>;
const boolExpression = (value: Bool): Expression => asTerm(bool, value).expression;

/** True when every part is. */
export function and(...of: readonly Bool[]): Term<boolean> {
  return new Term({ kind: 'and', of: of.map(boolExpression) }, bool);
}

/** True when some part is. */
export function or(...of: readonly Bool[]): Term<boolean> {
  return new Term({ kind: 'or', of: of.map(boolExpression) }, bool);
}

/** True when the part is not. */
export function not(of: Bool): Term<boolean> {
  return new Term({ kind: 'not', of: boolExpression(of) }, bool);
}

/** False only when `premise` is true and `conclusion` is not. */
export function implies(premise: Bool, conclusion: Bool): Term<boolean> {
  return or(not(premise), conclusion);
}

/** One of two terms of the same domain. */
export function choose<T extends Value>(when: Bool, then: Term<T>, otherwise: T | Term<T>): Term<T> {
  const other = asTerm(then.domain, otherwise);
  return new Term(
    { kind: 'if', when: boolExpression(when), then: then.expression, otherwise: other.expression },
    then.domain,
  );
}

/** The value of a table at the arguments given. */
export function lookup<T extends Value>(
  table: Table & { readonly result: Domain<T> },
  ...args: readonly Term[]
): Term<T> {
  if (args.length !== table.args.length) throw new Error(`table ${table.name} takes ${table.args.length} arguments`);
  const expressions = args.map((arg, i) => asTerm(table.args[i] as Domain, arg).expression);
  return new Term({ kind: 'table', table, args: expressions }, table.result);
}

/** The next value of an ordered domain; leaving the domain is an internal error. */
export function successor(of: Term<number>): Term<number> {
  return new Term({ kind: 'plus', of: of.expression, by: 1, limit: of.domain.values.length }, of.domain);
}

/** True when `left` comes before `right` in their domain. */
export function before(left: Term<number>, right: Term<number>): Term<boolean> {
  return new Term({ kind: 'less', left: left.expression, right: asTerm(left.domain, right).expression }, bool);
}

function quantified(
  kind: 'forAll' | 'exists',
  over: Domain<number>,
  of: (i: Term<number>) => Term<boolean>,
): Term<boolean> {
  const parameter = { name: kind, domain: over };
  return new Term({ kind, parameter, of: of(parameterTerm(parameter)).expression }, bool);
}

/** True when `of` holds for every value of the index. */
export function forAll(over: Domain<number>, of: (i: Term<number>) => Term<boolean>): Term<boolean> {
  return quantified('forAll', over, of);
}

/** True when `of` holds for some value of the index. */
export function exists(over: Domain<number>, of: (i: Term<number>) => Term<boolean>): Term<boolean> {
  return quantified('exists', over, of);
}
