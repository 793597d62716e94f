import { Command } from 'commander';
import * as flips from '../conformance/flips.ts';
import * as ledger from '../conformance/ledger.ts';
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
  const isKernel = name === 'linux-7.3';
  const defects = isKernel ? await ledger.judgedDefects(run) : [];
  const judged = await flips.judgedFlips(name, run, rules);
  const wrong = isKernel ? [...ledger.wrongDefects(defects), ...flips.wrongReasons(judged.rows)] : [];
  if (json) printJson(flips.mutantsJson(name, defects, judged, wrong));
  else {
    const texts = [
      ...defects.map(ledger.defectText),
      ...judged.rows.map((row) => `${row.flip.id}\n    ${flips.judgedFlipText(row)}`),
      ...judged.drops.map(({ id, checker }) => `${id}\n    checker: ${flipText(checker)}`),
    ];
    process.stdout.write(`${texts.join('\n')}\n`);
  }
  if (isKernel) note(ledger.ledgerSummary(defects));
  note(flips.flipsSummary(judged.rows));
  for (const line of [...flips.dropsSummary(judged.drops), ...flips.heldText(judged.held), ...wrong]) note(line);
  exitWith(wrong.length > 0 ? ['violated'] : []);
}

/** `faultline mutants`: real defects put back, every decision of a design flipped, and what finds it. */
export const mutantsCommand: Command = withExamples(
  new Command('mutants')
    .description(
      'put every listed defect back and flip every decision of a design, one by one, and say what finds it: a property, a recorded kernel, both or neither',
    )
    .option('--design <design>', `one of ${designNames.join(', ')}; the defects are of linux-7.3`, 'linux-7.3')
    .option('--rules', 'beside that, make every branch of every kernel function do nothing, one by one: minutes more')
    .option('--json', 'one JSON object on stdout')
    .action(mutants),
  ['faultline mutants', 'faultline mutants --design rfc-v3 --json'],
);
