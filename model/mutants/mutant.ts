import type { StepBody, StepChange, StepHeading } from '../../checker/language/index.ts';
import type { Branch, BranchRule, Decisions, DesignName } from '../../spec/index.ts';
import type { StepRule } from './step-rules.ts';

/** How a mutant changes rules: branches of kernel functions, and steps of actors. */
export type RuleChanges = { readonly [B in BranchRule]?: (rule: Branch) => Branch } & {
  readonly [S in StepRule]?: (rule: StepHeading & StepBody) => StepHeading & StepBody;
};

/** A design with a decision or a rule changed. */
export interface Mutant {
  /** The design that is changed. */
  readonly design: DesignName;
  /** Decisions taken otherwise. */
  readonly decisions?: Partial<Decisions>;
  /** Rules replaced. A step with `off: 'reason'` is left out. */
  readonly rules?: RuleChanges;
}

/** Declares a mutant: the one default export of a mutant file. */
export function defineMutant(mutant: Mutant): Mutant {
  return mutant;
}

/** A change of one step, whatever its points are called. */
export type { StepChange };
