import { existsSync } from 'node:fs';
import { judgeSession, sessionModel } from '../../conformance/contract/judge.ts';
import { lineJson, lineText } from '../../conformance/contract/text.ts';
import {
  countVerdicts,
  judgeContract,
  raceAnswers,
  racesAsked,
  type JudgedLine,
} from '../../conformance/contract/verdict.ts';
import { loadMutant, namedMutants, type Job, type Mutant, type ScenarioName } from '../../model/index.ts';
import { kindsOf } from '../../model/sequential/session.ts';
import { designNames, designOf, type DesignName } from '../../spec/index.ts';
import { exitWith, type Outcome } from './exit.ts';
import type { CheckFlags } from './job-of.ts';
import { jobOf } from './job-of.ts';
import { note, printJson, progress } from './output.ts';
import { oneOf, usageError } from './usage.ts';
import { work } from './work.ts';

/** The mutant that a flag names: one of the design, or a file. */
async function mutantOf(design: DesignName, id: string): Promise<Mutant> {
  if (existsSync(id) || /\.[cm]?ts$/.test(id)) return loadMutant(id);
  const known = namedMutants(design);
  const name = oneOf(
    'mutant',
    id,
    known.map((mutant) => mutant.id),
  );
  return known.find((mutant) => mutant.id === name)?.mutant ?? usageError(`no mutant ${id}`);
}

/** A line that is broken ends the command as a violation does; one that is not judged is a skip. */
function outcomeOf({ verdict }: JudgedLine): Outcome {
  return verdict === 'holds' ? 'ok' : verdict === 'not judged' ? 'skipped' : verdict;
}

/** `faultline check contract`: every line of the contract for one design; `--full` takes every state, which is minutes. */
export async function checkContract(flags: CheckFlags): Promise<void> {
  const refused = (['property', 'replay', 'pages'] as const).find((flag) => flags[flag] !== undefined);
  if (refused !== undefined) usageError(`check contract takes no --${refused}: it judges every line of the contract`);
  const design = oneOf('design', flags.design, designNames);
  const mutant = flags.mutant === undefined ? undefined : await mutantOf(design, flags.mutant);
  const claims = kindsOf(designOf(design)).flatMap((kind) => {
    progress(`${kind}: every operation in every state`);
    return judgeSession(sessionModel(design, kind, mutant), flags.full ? 'reachable' : 'nearby');
  });
  const jobs = [...racesAsked()].map(([scenario, properties]): Job => ({
    ...jobOf(scenario as ScenarioName, flags),
    compare: false,
    properties,
  }));
  const { cells, interrupted } = await work(jobs);
  const lines = judgeContract(claims, raceAnswers(cells.filter((cell) => cell !== undefined)));
  if (flags.json) {
    printJson({ schemaVersion: 1, design, mutant: flags.mutant ?? null, lines: lines.map(lineJson) });
  } else process.stdout.write(`${lines.map((line) => lineText(line, flags.traces > 0)).join('\n')}\n`);
  const counts = Object.entries(countVerdicts(lines)).map(([verdict, count]) => `${count} ${verdict}`);
  note(`${lines.length} lines: ${counts.join(', ')}`);
  if (!interrupted) exitWith(lines.map(outcomeOf));
}
