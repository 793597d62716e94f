import { join } from 'node:path';
import { Command, Option } from 'commander';
import type { FuzzOptions } from '../conformance/fuzz/fuzz.ts';
import { fuzzText } from '../conformance/fuzz/report.ts';
import { Recorder } from '../conformance/recording.ts';
import { exitCodes, exitWith } from './cli/exit.ts';
import { kernelHelp, outcomes, withKernel } from './cli/kernel.ts';
import { memoryKinds } from '../model/sequential/session.ts';
import { note, printJson, progress, writeWhole } from './cli/output.ts';
import { withExamples } from './cli/program.ts';
import { count, seconds } from './cli/values.ts';

interface FuzzFlags extends Pick<FuzzOptions, 'seed' | 'runs' | 'seconds' | 'keep' | 'memory'> {
  readonly kernel: string;
  readonly system?: boolean;
  readonly record?: string;
  readonly out: string;
  readonly json?: boolean;
}

async function fuzz(flags: FuzzFlags): Promise<void> {
  await withKernel(flags.kernel, { system: flags.system === true }, async (kernel, design, signal) => {
    const { fuzz: fuzzKernel } = await import('../conformance/fuzz/fuzz.ts');
    const { kernel: _, system: __, record, out, json, ...asked } = flags;
    const recorder = record === undefined ? undefined : new Recorder();
    const { seed, keep, memory } = asked;
    const result = await fuzzKernel(kernel, design, {
      ...asked,
      signal,
      onFound: (files) => files.forEach(({ path, content }) => writeWhole(join(out, path), content)),
      ...(recorder && { recorder }),
      progress: (done, spent) => progress(`${done} sequences, ${(done / spent).toFixed(0)} a second`),
    });
    if (result.disagreements.length > 0) note(`the disagreements are in ${out}`);
    if (result.outcome === 'interrupted') return void (process.exitCode = exitCodes.interrupted);
    const made = `faultline fuzz --kernel ${flags.kernel} --runs ${result.sequences} --seed ${seed}${memory ? ` --memory ${memory}` : ''} --record FILE --keep ${keep ?? 'all'}`;
    if (recorder && record) writeWhole(record, recorder.bytes(record, { ...result, made }));
    if (json) printJson(result);
    else process.stdout.write(fuzzText(result));
    exitWith([outcomes[result.outcome]]);
  });
}

/** `faultline fuzz`: random operations, kernel against model. */
export const fuzzCommand: Command = withExamples(
  new Command('fuzz')
    .description('run random sequences on a real kernel, and judge each by the model')
    .option('--kernel <kernel>', kernelHelp, 'running')
    .option('--runs <n>', 'how many sequences (10000 unless --seconds is given)', count(1))
    .option('--seconds <s>', 'how long', seconds)
    .addOption(new Option('--memory <kind>', 'on one kind of memory only').choices(memoryKinds))
    .option('--seed <n>', 'where the random sequences begin', count(0), 1)
    .option('--system', 'use a swap file of our own, so that pages can be swapped out')
    .option('--record <file>', 'write down what was seen, for faultline judge')
    .option('--keep <n>', 'record only sequences that show something new, so many at most', count(1))
    .option('--out <folder>', 'where each disagreement is written as soon as it is found', join('out', 'fuzz'))
    .option('--json', 'one JSON object on stdout')
    .action(fuzz),
  ['faultline fuzz --system --runs 100000', 'faultline fuzz --kernel 7.3 --runs 2000 --seed 7'],
);
