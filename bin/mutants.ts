import { Command } from 'commander';
import { flipsJson, heldText, judgedFlips, judgedFlipText, wrongReasons } from '../conformance/flips.ts';
import type { CellResult, Job } from '../model/index.ts';
import { designNames } from '../spec/index.ts';
import { exitWith } from './cli/exit.ts';
import { note, printJson } from './cli/output.ts';
import { withExamples } from './cli/program.ts';
import { oneOf, usageError } from './cli/usage.ts';
import { work } from './cli/work.ts';

/** Runs jobs to their end; an interrupted table is no table. */
async function run(jobs: readonly Job[]): Promise<readonly CellResult[]> {
  const { cells, interrupted } = await work(jobs);
  if (interrupted) usageError('interrupted: no table');
  return cells as readonly CellResult[];
}

async function mutants({ design, json }: { readonly design: string; readonly json?: boolean }): Promise<void> {
  const name = oneOf('design', design, designNames);
  const { rows, held } = await judgedFlips(name, run);
  const wrong = name === 'linux-7.3' ? wrongReasons(rows) : [];
  if (json) printJson(flipsJson(name, { rows, held }, wrong));
  else for (const row of rows) process.stdout.write(`${row.flip.id}\n    ${judgedFlipText(row)}\n`);
  const by = { checker: 0, kernel: 0, both: 0, neither: 0 };
  for (const { checker, recordings } of rows) {
    const found = checker.kind === 'rejected';
    by[found && recordings.rejected ? 'both' : found ? 'checker' : recordings.rejected ? 'kernel' : 'neither']++;
  }
  note(
    `${rows.length} flips: ${by.both} rejected by both, ${by.checker} by the checker alone, ${by.kernel} by recordings alone, ${by.neither} by neither`,
  );
  for (const line of heldText(held)) note(line);
  for (const line of wrong) note(line);
  exitWith(wrong.length > 0 ? ['violated'] : []);
}

/** `faultline mutants`: every decision of a design flipped, and what finds it. */
export const mutantsCommand: Command = withExamples(
  new Command('mutants')
    .description(
      'flip every decision of a design, and say what finds it: a property, a recorded kernel, both or neither',
    )
    .option('--design <design>', `one of ${designNames.join(', ')}`, 'linux-7.3')
    .option('--json', 'one JSON object on stdout')
    .action(mutants),
  ['faultline mutants', 'faultline mutants --design rfc-v3 --json'],
);
