/** How one piece of work ended; a command that did several ends with the worst of them. */
export type Outcome = 'ok' | 'violated' | 'incomplete' | 'skipped' | 'internal' | 'vacuous';

/** The exit codes of every command; `usage` and `interrupted` end a command by themselves. */
export const exitCodes = {
  ok: 0,
  violated: 1,
  usage: 2,
  incomplete: 3,
  skipped: 4,
  internal: 5,
  vacuous: 6,
  interrupted: 130,
} as const;

/** Worst first: when several outcomes apply, the first of these names the exit code. */
const precedence: readonly Outcome[] = ['internal', 'violated', 'incomplete', 'vacuous', 'skipped'];

/** The exit code of a command whose pieces of work ended like this. */
export function exitCodeOf(outcomes: Iterable<Outcome>): number {
  const seen = new Set(outcomes);
  return exitCodes[precedence.find((outcome) => seen.has(outcome)) ?? 'ok'];
}

/** End the command, once its output is written, with the exit code of these outcomes. */
export function exitWith(outcomes: Iterable<Outcome>): void {
  process.exitCode = exitCodeOf(outcomes);
}
