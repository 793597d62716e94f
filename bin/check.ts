import { Command } from 'commander';
import { prepareJob, scenarioNames } from '../model/index.ts';
import { checkOptions } from './cli/check-options.ts';
import { checkContract } from './cli/check-contract.ts';
import { printCell, replay } from './cli/check-output.ts';
import { exitWith } from './cli/exit.ts';
import { jobOf, type CheckFlags } from './cli/job-of.ts';
import { withExamples } from './cli/program.ts';
import { oneOf } from './cli/usage.ts';
import { outcomesOf, work } from './cli/work.ts';

async function check(scenario: string, flags: CheckFlags): Promise<void> {
  if (scenario === 'contract') return checkContract(flags);
  const job = jobOf(oneOf('scenario', scenario, scenarioNames), flags);
  const prepared = await prepareJob(job);
  if (flags.replay !== undefined) return replay(job, flags, prepared);
  const { cells, interrupted } = await work([job]);
  const [cell] = cells;
  if (cell) printCell(cell, flags);
  if (!interrupted) exitWith(outcomesOf(cells));
}

/** `faultline check`: one scenario for one design, all its properties. */
export const checkCommand: Command = withExamples(
  checkOptions(
    new Command('check')
      .description('explore every interleaving of a scenario and judge its properties')
      .argument('<scenario>', `contract, or one of ${scenarioNames.join(', ')}`),
  ).action(check),
  [
    'faultline check reclaim-vs-fault',
    'faultline check mprotect-vs-rwp --design rfc-v2 --json',
    'faultline check contract --cpus 1',
    'faultline check reclaim-vs-fault --mutant swapInRestoresNoAccess=false',
  ],
);
