import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Command } from 'commander';
import { judgeText } from '../conformance/judge/report.ts';
import { rejudge } from '../conformance/judge/rejudge.ts';
import { designNames } from '../spec/index.ts';
import { exitWith } from './cli/exit.ts';
import { outcomes } from './cli/kernel.ts';
import { printJson } from './cli/output.ts';
import { withExamples } from './cli/program.ts';
import { oneOf, usageError } from './cli/usage.ts';

function read(file: string): string {
  try {
    const bytes = readFileSync(file);
    return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (error) {
    return usageError(`cannot read the recording ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function judge(file: string, { design, json }: { readonly design?: string; readonly json?: boolean }): void {
  const name = design === undefined ? undefined : oneOf('design', design, designNames);
  const result = rejudge(read(file), file, name);
  if (json) printJson(result);
  else process.stdout.write(judgeText(result));
  exitWith([outcomes[result.outcome]]);
}

/** `faultline judge`: what a kernel showed, judged again. */
export const judgeCommand: Command = withExamples(
  new Command('judge')
    .description('judge recorded observations again, by the design that they name or by another')
    .argument('<file>', 'a recording, as run and fuzz write it with --record; .gz is unpacked')
    .option('--design <design>', `one of ${designNames.join(', ')}`)
    .option('--json', 'one JSON object on stdout')
    .action(judge),
  ['faultline judge seen.json', 'faultline judge seen.json --design linux-6.18 --json'],
);
