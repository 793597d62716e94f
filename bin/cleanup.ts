import { Command } from 'commander';
import { cacheFolder } from '../conformance/kernels/cache.ts';
import { cleanup as undo } from '../conformance/kernels/effects.ts';
import { exitWith } from './cli/exit.ts';
import { printJson } from './cli/output.ts';
import { withExamples } from './cli/program.ts';

function cleanup({ json }: { readonly json?: boolean }): void {
  const report = undo(cacheFolder());
  const { undone, failed, inUse } = report;
  if (json) printJson({ schemaVersion: 1, ...report });
  else {
    const lines = [
      ...undone,
      ...failed.map((line) => `could not ${line}`),
      ...inUse.map((line) => `in use by a run: ${line}`),
    ];
    process.stdout.write(`${(lines.length === 0 ? ['nothing to undo'] : lines).join('\n')}\n`);
  }
  exitWith(failed.length > 0 ? ['incomplete'] : ['ok']);
}

/** `faultline cleanup`: undo what a killed run left on this machine. */
export const cleanupCommand: Command = withExamples(
  new Command('cleanup')
    .description('undo what killed runs left on this machine, from their journals')
    .option('--json', 'one JSON object on stdout')
    .action(cleanup),
  ['faultline cleanup'],
);
