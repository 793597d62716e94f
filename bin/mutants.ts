import { Command } from 'commander';
import { flipsJson, heldText, judgedFlips, judgedFlipText, wrongReasons } from '../conformance/flips.ts';
import { flipText, type CellResult, type Job } from '../model/index.ts';
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

interface MutantsFlags {
  readonly design: string;
  readonly rules?: boolean;
  readonly json?: boolean;
}

async function mutants({ design, rules, json }: MutantsFlags): Promise<void> {
  const name = oneOf('design', design, designNames);
  const { rows, drops, held } = await judgedFlips(name, run, rules);
  const wrong = name === 'linux-7.3' ? wrongReasons(rows) : [];
  if (json) printJson(flipsJson(name, { rows, drops, held }, wrong));
  else for (const row of rows) process.stdout.write(`${row.flip.id}\n    ${judgedFlipText(row)}\n`);
  if (!json) for (const { id, checker } of drops) process.stdout.write(`${id}: ${flipText(checker)}\n`);
  const by = { checker: 0, kernel: 0, both: 0, neither: 0 };
  for (const { checker, recordings } of rows) {
    const found = checker.kind === 'rejected';
    by[found && recordings.rejected ? 'both' : found ? 'checker' : recordings.rejected ? 'kernel' : 'neither']++;
  }
  note(
    `${rows.length} flips: ${by.both} rejected by both, ${by.checker} by the checker alone, ${by.kernel} by recordings alone, ${by.neither} by neither`,
  );
  const found = drops.filter(({ checker }) => checker.kind === 'rejected').length;
  if (drops.length > 0) note(`${drops.length} branches made to do nothing: the checker rejects ${found} of them`);
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
    .option('--rules', 'beside that, make every branch of every kernel function do nothing, one by one: minutes more')
    .option('--json', 'one JSON object on stdout')
    .action(mutants),
  ['faultline mutants', 'faultline mutants --design rfc-v3 --json'],
);
