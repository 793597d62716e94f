class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Refuses a file that the user gave, in one line.
 *
 * @throws UsageError always; the command line knows it by its name.
 */
export function unusable(message: string): never {
  throw new UsageError(message);
}
