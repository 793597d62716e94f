import { Command } from 'commander';
import { diffText } from '../conformance/diff/report.ts';
import type { DiffResult } from '../conformance/diff/diff.ts';
import { exitCodes, exitWith, type Outcome } from './cli/exit.ts';
import { kernelHelp, knownKernel, withKernel } from './cli/kernel.ts';
import { printJson, progress } from './cli/output.ts';
import { withExamples } from './cli/program.ts';
import { count } from './cli/values.ts';

interface DiffFlags {
  readonly seed: number;
  readonly runs: number;
  readonly system?: boolean;
  readonly json?: boolean;
}

const ends = { same: 'ok', differs: 'violated', incomplete: 'incomplete' } as const satisfies Record<string, Outcome>;

async function diff(left: string, right: string, flags: DiffFlags): Promise<void> {
  const [first, second] = [knownKernel(left), knownKernel(right)];
  const system = flags.system === true;
  let result: DiffResult | undefined;
  let asked = false;
  await withKernel(first, { system }, async (a, designA) => {
    await withKernel(second, { system }, async (b, designB, signal) => {
      const { diffKernels } = await import('../conformance/diff/diff.ts');
      asked = true;
      const { seed, runs } = flags;
      const options = { seed, runs, system: system || (first !== 'running' && second !== 'running'), signal, progress };
      result = await diffKernels({ kernel: a, design: designA }, { kernel: b, design: designB }, options);
    });
  });
  if (result === undefined) return void (asked && (process.exitCode = exitCodes.interrupted));
  if (flags.json) printJson(result);
  else process.stdout.write(diffText(result));
  exitWith([ends[result.outcome]]);
}

/** `faultline diff`: what changed between two kernels. */
export const diffCommand: Command = withExamples(
  new Command('diff')
    .description('run the same sequences on two kernels, and say what changed in the words of the contract')
    .argument('<kernel>', kernelHelp)
    .argument('<other>', 'the kernel to compare it with')
    .option('--seed <n>', 'where the random sequences begin', count(0), 1)
    .option('--runs <n>', 'how many random sequences beside the vectors', count(0), 1000)
    .option('--system', 'with the running kernel: use a swap file of our own')
    .option('--json', 'one JSON object on stdout')
    .action(diff),
  ['faultline diff 7.3-rc7 7.3', 'faultline diff running 7.3 --system --json'],
);
