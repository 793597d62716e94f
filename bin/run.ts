import { Command } from 'commander';
import { Recorder } from '../conformance/recording.ts';
import { chooseTasks, runAll } from '../conformance/run-all.ts';
import { ktap } from '../conformance/vectors/ktap.ts';
import { exitCodes, exitWith } from './cli/exit.ts';
import { kernelHelp, outcomes, withKernel } from './cli/kernel.ts';
import { printJson, writeWhole } from './cli/output.ts';
import { withExamples } from './cli/program.ts';
import { oneOf } from './cli/usage.ts';

interface RunFlags {
  readonly kernel: string;
  readonly system?: boolean;
  readonly record?: string;
  readonly json?: boolean;
}

async function run(names: readonly string[], flags: RunFlags): Promise<void> {
  const system = flags.system === true;
  await withKernel(flags.kernel, { system }, async (kernel, design, signal) => {
    // A guest is ours alone: what it does to its machine it does to itself.
    const tasks = chooseTasks(names, kernel, design, system || flags.kernel !== 'running');
    if ('kind' in tasks) return void oneOf('vector', tasks.name, tasks.known);
    const recorder = new Recorder();
    const result = await runAll(kernel, design, tasks, { signal, recorder });
    if (result.outcome === 'interrupted') return void (process.exitCode = exitCodes.interrupted);
    const made = `faultline run ${names.join(' ')} --kernel ${flags.kernel}`;
    if (flags.record) writeWhole(flags.record, recorder.bytes(flags.record, { ...result, made }));
    if (flags.json) printJson(result);
    else process.stdout.write(ktap(result));
    exitWith([outcomes[result.outcome]]);
  });
}

/** `faultline run`: vectors on a real kernel. */
export const runCommand: Command = withExamples(
  new Command('run')
    .description(
      "run vectors, and the kernel's own tests said again, on a real kernel; KTAP on stdout, exit code 4 when every one was skipped",
    )
    .argument(
      '[vector...]',
      "ids, beginnings of ids (kernel-tests: the kernel's own), or files of vectors; all when left out",
    )
    .option('--kernel <kernel>', kernelHelp, 'running')
    .option('--system', 'allow what the whole machine notices: a swap file of our own')
    .option('--record <file>', 'write down what was seen, for faultline judge')
    .option('--json', 'one JSON object on stdout')
    .action(run),
  ['faultline run', 'faultline run rwp-sync --kernel 7.3', 'faultline run wp-async/swap+uffd --system --json'],
);
