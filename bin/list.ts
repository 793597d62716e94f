import { Command } from 'commander';
import { listVectors } from '../conformance/vectors/choose.ts';
import { namedMutants, scenarioNames, scenarios } from '../model/index.ts';
import {
  decisionAnchors,
  decisionValues,
  designNames,
  designs,
  properties,
  propertyIds,
  type Decisions,
} from '../spec/index.ts';
import { printJson } from './cli/output.ts';
import { withExamples } from './cli/program.ts';
import { oneOf } from './cli/usage.ts';

type Row = Readonly<Record<string, string>>;

const lists = {
  designs: (): Row[] => designNames.map((name) => ({ name, says: designs[name].says, source: designs[name].source })),
  scenarios: (): Row[] =>
    scenarioNames.map((name) => ({ name, says: scenarios[name].says, program: scenarios[name].program })),
  properties: (): Row[] =>
    propertyIds.map((name) => ({ name, title: properties[name].title, says: properties[name].says })),
  decisions: (): Row[] =>
    (Object.keys(decisionValues) as (keyof Decisions)[]).map((name) => ({
      name,
      values: decisionValues[name].join(' | '),
      'linux-7.3': String(designs['linux-7.3'].decisions[name]),
      kernel: `${decisionAnchors[name].path} ${decisionAnchors[name].name}()`,
    })),
  vectors: (): Row[] =>
    listVectors(designs['linux-7.3']).map(({ id, operations, sideEffects }) => ({ name: id, operations, sideEffects })),
  mutants: (): Row[] =>
    namedMutants('linux-7.3').map(({ id, mutant }) => ({
      name: id,
      of: Object.keys(mutant.decisions ?? mutant.rules ?? {}).join(),
      design: mutant.design,
    })),
} as const;

function list(what: string, { json }: { readonly json?: boolean }): void {
  const names = Object.keys(lists) as (keyof typeof lists)[];
  const rows = lists[oneOf('list', what, names)]();
  if (json) return printJson({ schemaVersion: 1, [what]: rows });
  const width = Math.max(...rows.map((row) => (row['name'] ?? '').length));
  const lines = rows.map(({ name = '', ...rest }) => `${name.padEnd(width)}  ${Object.values(rest).join('  ·  ')}`);
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** `faultline list`: the names that the other commands take. */
export const listCommand: Command = withExamples(
  new Command('list')
    .description('list designs, scenarios, properties, decisions or mutants')
    .argument('<what>', `one of ${Object.keys(lists).join(', ')}`)
    .option('--json', 'one JSON object on stdout')
    .action(list),
  ['faultline list scenarios', 'faultline list decisions --json'],
);
