/** Bad input, said in one line; the command line prints it without a stack and ends with exit code 2. */
export class UsageProblem extends Error {
  /** The name is the agreement with the command line, which this folder may not import. */
  override readonly name = 'UsageError';
}
