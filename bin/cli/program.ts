import { type Command, CommanderError } from 'commander';
import { exitCodes } from './exit.ts';

/** Add examples to the help of a command, one to a line. */
export function withExamples(command: Command, examples: readonly string[]): Command {
  return command.addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ ${example}`).join('\n')}`);
}

/** Make a command and all below it report a bad call by throwing, so that {@link tell} prints it as one line. */
export function throwing(command: Command): Command {
  command.exitOverride().configureOutput({ outputError: () => {} });
  for (const child of command.commands) throwing(child);
  return command;
}

/** Print what ended a command early, as one line where it is the user's to mend, and return its exit code. */
export function tell(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.ok;
    return refuse(error.message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' '));
  }
  // Folders throw usage errors of their own, which they cannot import from here; the name is the agreement.
  if (error instanceof Error && error.name === 'UsageError') return refuse(error.message);
  const story = error instanceof Error ? error.stack : String(error);
  process.stderr.write(`faultline: internal error: ${story}\n`);
  return exitCodes.internal;
}

/** Say in one line what was wrong with the call. */
function refuse(message: string): number {
  process.stderr.write(`faultline: ${message}\n`);
  return exitCodes.usage;
}
