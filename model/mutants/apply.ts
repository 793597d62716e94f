import type { StepChange } from '../../checker/language/index.ts';
import {
  branchIds,
  changeBranches,
  designOf,
  withDecisions,
  type BranchChange,
  type Design,
} from '../../spec/index.ts';
import type { Changes } from '../verify.ts';
import type { Mutant } from './mutant.ts';

/** A mutant, ready to be verified. */
export interface Applied {
  readonly design: Design;
  readonly changes: Changes;
}

/** Makes the design and the changed rules of a mutant. `name` is what the user calls it. */
export function applyMutant(mutant: Mutant, name: string): Applied {
  const branches = new Set(branchIds);
  const rules = Object.entries(mutant.rules ?? {}) as [string, BranchChange | StepChange][];
  const machines = changeBranches(new Map(rules.filter(([id]) => branches.has(id)) as [string, BranchChange][]));
  const steps = new Map(rules.filter(([id]) => !branches.has(id)) as [string, StepChange][]);
  return {
    design: withDecisions(designOf(mutant.design), mutant.decisions ?? {}),
    changes: { name, machines, steps },
  };
}
