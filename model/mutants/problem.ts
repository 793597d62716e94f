import {
  decisionValues,
  isDesignName,
  machines,
  ruleId,
  type Branch,
  type MachineDescription,
} from '../../spec/index.ts';
import { stepRules } from './step-rules.ts';

/** What is wrong with a mutant, and the word of the file that it is about. */
export interface MutantProblem {
  readonly word: string;
  readonly message: string;
}

const steps: readonly string[] = stepRules;
const branches: ReadonlyMap<string, Branch> = new Map(
  Object.values(machines).flatMap((machine: MachineDescription) =>
    machine.functions.flatMap((of) => of.branches.map((branch): [string, Branch] => [ruleId(of, branch), branch])),
  ),
);

function decisionProblem(name: string, value: unknown): MutantProblem | undefined {
  const values: readonly unknown[] | undefined = (decisionValues as Readonly<Record<string, readonly unknown[]>>)[name];
  if (values === undefined) return { word: name, message: `unknown decision '${name}'` };
  if (values.includes(value)) return undefined;
  const expected = values.map((one) => JSON.stringify(one)).join(', ');
  return { word: name, message: `decision '${name}' cannot be ${JSON.stringify(value)}: expected one of ${expected}` };
}

/** What is wrong with what a change makes of a branch. */
function branchProblem(id: string, branch: Branch, change: (branch: Branch) => unknown): MutantProblem | undefined {
  const complain = (message: string): MutantProblem => ({ word: id, message: `rule '${id}' ${message}` });
  let made: Partial<Branch> | null | undefined;
  try {
    made = change(branch) as Partial<Branch> | null | undefined;
  } catch (error) {
    return complain(`throws: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (made === null || typeof made !== 'object') return complain('becomes nothing: expected the changed rule');
  const { target } = made;
  if (target === 'impossible' || (typeof target === 'object' && target !== null)) return undefined;
  return complain(`has the target ${JSON.stringify(target)}: expected regions with their new values, or 'impossible'`);
}

function ruleProblem(id: string, change: unknown): MutantProblem | undefined {
  const branch = branches.get(id);
  if (branch === undefined && !steps.includes(id)) return { word: id, message: `unknown rule '${id}'` };
  if (typeof change !== 'function') return { word: id, message: `rule '${id}' is no function from a rule to a rule` };
  return branch && branchProblem(id, branch, change as (branch: Branch) => unknown);
}

/**
 * What is wrong with something that a file exports as a mutant: the types of a file say most of it, but not in a plain
 * object, and not after a cast. Undefined when nothing is.
 */
export function mutantProblem(mutant: {
  readonly design?: unknown;
  readonly decisions?: unknown;
  readonly rules?: unknown;
}): MutantProblem | undefined {
  const { design, decisions = {}, rules = {} } = mutant;
  if (typeof design !== 'string' || !isDesignName(design)) {
    return { word: String(design), message: `unknown design ${JSON.stringify(design)}` };
  }
  const problems = [
    ...Object.entries(decisions as object).map(([name, value]) => decisionProblem(name, value)),
    ...Object.entries(rules as object).map(([id, change]) => ruleProblem(id, change)),
  ];
  return problems.find((problem) => problem !== undefined);
}
