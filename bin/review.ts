import { join } from 'node:path';
import { Command } from 'commander';
import {
  cellDetails,
  cellJson,
  cellText,
  differences,
  statesSearched,
  type CellResult,
  type ReviewExtent,
} from '../model/index.ts';
import { exitWith } from './cli/exit.ts';
import { ensureWritable, note, printJson, readJson, writeWhole } from './cli/output.ts';
import { runningVectors } from './cli/running-vectors.ts';
import { withExamples } from './cli/program.ts';
import { reviewAll } from './cli/work.ts';

interface ReviewFlags extends ReviewExtent {
  readonly out: string;
  readonly expect?: string;
  readonly json?: boolean;
}

const tell = (line: string): void => void process.stdout.write(`${line}\n`);

async function review({ out, expect, json, ...extent }: ReviewFlags): Promise<void> {
  const before = expect === undefined ? undefined : readJson(expect);
  ensureWritable(out);
  const started = Date.now();
  const { cells, interrupted } = await reviewAll(extent, (cell) => !json && tell(cellText(cell)));
  const answered = cells.filter((cell): cell is CellResult => cell !== undefined);
  const report = answered.map(cellJson);
  writeWhole(join(out, 'review.json'), `${JSON.stringify(report, null, 1)}\n`);
  writeWhole(join(out, 'traces.txt'), `${answered.flatMap(cellDetails).join('\n\n')}\n`);
  if (json) printJson(report);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  note(`${statesSearched(answered)} states in ${seconds} s; see review.json and traces.txt in ${out}/`);
  const lines = interrupted ? undefined : await runningVectors(join(out, 'run-running.json'));
  if (lines === undefined) return;
  for (const line of lines) (json ? note : tell)(line);
  const changed = before === undefined ? [] : differences(before, report);
  for (const line of changed) note(line);
  exitWith(changed.length > 0 ? ['violated'] : cells.includes(undefined) ? ['incomplete'] : []);
}

/** `faultline review`: every design in every scenario. */
export const reviewCommand: Command = withExamples(
  new Command('review')
    .description('judge every design in every scenario and write a report')
    .option('--quick', 'rfc-v2, linux-7.3 and linux-6.18 only')
    .option(
      '--full',
      'every processor reads and writes, where otherwise one does each: about three times as many states',
    )
    .option('--out <dir>', 'where the report goes', 'out')
    .option('--expect <file>', 'compare with an earlier review.json; exit 1 where a verdict differs')
    .option('--json', 'the report on stdout')
    .action(review),
  ['faultline review', 'faultline review --quick --json > review.json', 'faultline review --expect review.json'],
);
