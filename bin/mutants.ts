import { Command } from 'commander';
import { flipTable, flipText, type CellResult, type Job } from '../model/index.ts';
import { designNames } from '../spec/index.ts';
import { exitCodes } from './cli/exit.ts';
import { printJson } from './cli/output.ts';
import { withExamples } from './cli/program.ts';
import { oneOf, UsageError } from './cli/usage.ts';
import { work } from './cli/work.ts';

/** Runs jobs to their end; an interrupted table is no table. */
async function run(jobs: readonly Job[]): Promise<readonly CellResult[]> {
  const { cells, interrupted } = await work(jobs);
  if (interrupted) throw new UsageError('interrupted: no table');
  return cells as readonly CellResult[];
}

async function mutants({ design, json }: { readonly design: string; readonly json?: boolean }): Promise<void> {
  const name = oneOf('design', design, designNames);
  const rows = await flipTable(name, run);
  if (json)
    return printJson({
      schemaVersion: 1,
      design: name,
      rows: rows.map(({ flip, checker }) => ({ id: flip.id, checker })),
    });
  const width = Math.max(...rows.map(({ flip }) => flip.id.length));
  for (const { flip, checker } of rows) process.stdout.write(`${flip.id.padEnd(width)}  ${flipText(checker)}\n`);
  process.exitCode = exitCodes.ok;
}

/** `faultline mutants`: every decision of a design flipped, and what finds it. */
export const mutantsCommand: Command = withExamples(
  new Command('mutants')
    .description('flip every decision of a design, and say which property is lost')
    .option('--design <design>', `one of ${designNames.join(', ')}`, 'linux-7.3')
    .option('--json', 'one JSON object on stdout')
    .action(mutants),
  ['faultline mutants', 'faultline mutants --design rfc-v3 --json'],
);
