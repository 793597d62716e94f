import type { Command } from 'commander';
import { alwaysJudged } from '../../model/index.ts';
import { designNames, propertyIds } from '../../spec/index.ts';
import { laterOption } from './later.ts';
import { count, memory, seconds } from './values.ts';

/** The options of `check`. */
export function checkOptions(command: Command): Command {
  command
    .option('--design <design>', `one of ${designNames.join(', ')}`, 'linux-7.3')
    .option('--mutant <id or file>', 'decision=value, or a TypeScript file with a defineMutant()')
    .option('--property <property>', `only this one of ${[...propertyIds, ...alwaysJudged].join(', ')}`)
    .option('--pages <n>', 'pages', count(1))
    .option('--cpus <n>', 'processors', count(1))
    .option('--max-states <n>', 'stop after so many states', count(1))
    .option('--max-memory <size>', 'stop before more memory is needed', memory)
    .option('--max-seconds <s>', 'stop after so long', seconds)
    .option('--traces <n>', 'print so many details at most', count(0), 20)
    .option(
      '--full',
      'every processor reads and writes, where otherwise one does each; no search of this release is reduced',
    )
    .option('--replay <trace>', 'execute a trace again instead of searching')
    .option('--json', 'one JSON object on stdout');
  for (const name of ['workers', 'witness', 'resume']) laterOption(command, name);
  return command;
}
