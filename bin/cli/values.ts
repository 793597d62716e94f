import { InvalidArgumentError } from 'commander';

/**
 * Parse a count: a whole number of at least `least`.
 *
 * @throws InvalidArgumentError, which commander prints with the name of the option
 */
export function count(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`Expected a whole number, ${least} or more.`);
  };
}

/**
 * Parse a length of time in seconds, fractions allowed.
 *
 * @throws InvalidArgumentError, which commander prints with the name of the option
 */
export function seconds(text: string): number {
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value > 0) return value;
  throw new InvalidArgumentError('Expected a number of seconds above 0.');
}

/** Bytes in one unit of memory; a bare number is in megabytes. */
const unitBytes = { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 } as const;

/**
 * Parse an amount of memory (`512M`, `2G`; a bare number is megabytes) to bytes.
 *
 * @throws InvalidArgumentError, which commander prints with the name of the option
 */
export function memory(text: string): number {
  const [, number, unit = 'M'] = /^([1-9]\d*)([KMG])?$/i.exec(text) ?? [];
  const bytes = Number(number) * unitBytes[unit.toUpperCase() as keyof typeof unitBytes];
  if (Number.isSafeInteger(bytes)) return bytes;
  throw new InvalidArgumentError('Expected an amount of memory, such as 512M or 2G.');
}
