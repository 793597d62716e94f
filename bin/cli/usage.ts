import { closest, distance } from 'fastest-levenshtein';

/** Bad input: told to the user as one line, without a stack, with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Refuse the input with one clear line that says what was expected.
 *
 * @throws UsageError always
 */
export function usageError(message: string): never {
  throw new UsageError(message);
}

/** How many names an error lists before it sends the reader to `faultline list`. */
const namesListedMax = 12;

/** What `value` was probably meant to be, if any name is near enough. */
function nearest(value: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const name = closest(value, names);
  return distance(value, name) <= Math.max(2, value.length / 3) ? name : undefined;
}

/**
 * The one of `names` that the user wrote.
 *
 * @throws UsageError with the nearest name and those expected, when it is none of them
 */
export function oneOf<Name extends string>(kind: string, value: string, names: readonly Name[]): Name {
  const name = names.find((candidate) => candidate === value);
  if (name !== undefined) return name;
  const near = nearest(value, names);
  const hint = near === undefined ? '' : ` (did you mean '${near}'?)`;
  const listed = names.slice(0, namesListedMax).join(', ');
  const more = names.length > namesListedMax ? `, … (${names.length} in all)` : '';
  return usageError(`unknown ${kind} '${value}'${hint}: expected one of ${listed}${more}`);
}
