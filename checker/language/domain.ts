/** What a finite domain may hold. */
export type Value = string | number | boolean;

/**
 * A finite, ordered set of values. A value is stored as its position (its *code*), so `values.length` codes need
 * `ceil(log2(values.length))` bits.
 */
export interface Domain<T extends Value = Value> {
  /** Shown in errors and in exports. */
  readonly name: string;
  /** The values in the order of their codes; no value twice. */
  readonly values: readonly T[];
}

function domain<T extends Value>(name: string, values: readonly T[]): Domain<T> {
  if (values.length === 0) throw new Error(`domain ${name} is empty`);
  if (new Set(values).size !== values.length)
    throw new Error(`domain ${name} lists a value twice: ${values.join(', ')}`);
  return { name, values };
}

/** False and true, in that order. */
export const bool: Domain<boolean> = domain('bool', [false, true]);

/** The whole numbers from `low` to `high`, both included. */
export function range(low: number, high: number): Domain<number> {
  return domain(
    `${low}..${high}`,
    Array.from({ length: high - low + 1 }, (_, i) => low + i),
  );
}

/** Named values, in the order given. */
export function oneOf<const T extends string>(name: string, ...values: readonly T[]): Domain<T> {
  return domain(name, values);
}

/**
 * The code of `value`.
 *
 * @throws Error when the domain does not hold it.
 */
export function codeOf<T extends Value>(of: Domain<T>, value: T): number {
  const code = of.values.indexOf(value);
  if (code < 0) throw new Error(`${String(value)} is not in domain ${of.name}: ${of.values.map(String).join(', ')}`);
  return code;
}

/** True when both domains list the same values in the same order, so that their codes mean the same. */
export function sameDomain(a: Domain, b: Domain): boolean {
  return a === b || (a.values.length === b.values.length && a.values.every((v, i) => v === b.values[i]));
}
