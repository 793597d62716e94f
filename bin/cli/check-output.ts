import {
  cellDetails,
  cellJson,
  cellText,
  replayTrace,
  scenarios,
  type CellResult,
  type Job,
  type prepareJob,
} from '../../model/index.ts';
import { exitWith } from './exit.ts';
import type { CheckFlags } from './job-of.ts';
import { printJson } from './output.ts';
import { usageError } from './usage.ts';

/** Executes a trace again and prints what it says. */
export function replay(job: Job, flags: CheckFlags, prepared: Awaited<ReturnType<typeof prepareJob>>): void {
  const property = flags.property ?? usageError('--replay needs --property: which property does the trace violate?');
  const { design, changes } = prepared;
  const options = { ...(job.size && { size: job.size }), ...(changes && { changes }) };
  const again = replayTrace(scenarios[job.scenario], design, property, flags.replay ?? '', options);
  if (again.kind === 'unfit') usageError(again.why);
  const steps = again.trace.steps.length;
  const text = again.kind === 'violated' ? again.text : `not violated: ${property} in ${steps} steps`;
  if (flags.json) printJson({ schemaVersion: 1, kind: again.kind, property, steps, text });
  else process.stdout.write(`${text}\n`);
  exitWith([again.kind === 'violated' ? 'violated' : 'ok']);
}

/** Prints what came of a scenario: the table, then the details. */
export function printCell(cell: CellResult, flags: CheckFlags): void {
  if (flags.json) return printJson(cellJson(cell));
  const details = cellDetails(cell).slice(0, flags.traces);
  process.stdout.write(`${[cellText(cell), ...details].join('\n\n')}\n`);
}
