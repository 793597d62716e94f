import { createRequire } from 'node:module';
import { Command } from 'commander';
import { checkCommand } from './check.ts';
import { cleanupCommand } from './cleanup.ts';
import { laterCommand } from './cli/later.ts';
import { surviveClosedPipe } from './cli/output.ts';
import { tell, throwing, withExamples } from './cli/program.ts';
import { oneOf } from './cli/usage.ts';
import { diffCommand } from './diff.ts';
import { docsCommand } from './docs.ts';
import { fuzzCommand } from './fuzz.ts';
import { judgeCommand } from './judge.ts';
import { kernelCommand } from './kernel.ts';
import { listCommand } from './list.ts';
import { mutantsCommand } from './mutants.ts';
import { reviewCommand } from './review.ts';
import { runCommand } from './run.ts';
import { vectorsCommand } from './vectors.ts';

/** What this package says of itself; it refers to itself by name, so the built file and the source find the same. */
const { version, description } = createRequire(import.meta.url)('faultline/package.json') as Record<string, string>;
/** In the order in which `--help` lists them. */
const commands: readonly Command[] = [
  reviewCommand,
  checkCommand,
  listCommand,
  mutantsCommand,
  docsCommand,
  vectorsCommand,
  runCommand,
  fuzzCommand,
  diffCommand,
  judgeCommand,
  kernelCommand,
  cleanupCommand,
];

/** What a later release has. */
const later = ['export'].map(laterCommand);

/** Put the command line together. */
function faultline(): Command {
  const program = new Command('faultline').description(`${description}.`).version(version ?? '');
  commands.forEach((command) => program.addCommand(command));
  later.forEach((command) => program.addCommand(command, { hidden: true }));
  program.on('command:*', ([name]: [string]) => {
    oneOf('command', name, [...commands.map((command) => command.name()), 'help']);
  });
  return throwing(withExamples(program, ['faultline help']));
}

/** Run the command line; what ends it early is told on stderr, and the exit code is left in `process.exitCode`. */
export async function main(argv: readonly string[]): Promise<void> {
  surviveClosedPipe();
  try {
    await faultline().parseAsync(argv.length === 0 ? ['--help'] : argv, { from: 'user' });
  } catch (error) {
    process.exitCode = tell(error);
  }
}
