import type { GroundProtocol } from '../language/index.ts';
import type { Trace } from '../verdict.ts';

/** A run as a short word: the numbers of its ground steps, in base 36. */
export function tokenOf(steps: readonly number[]): string {
  return steps.length === 0 ? '-' : steps.map((step) => step.toString(36)).join('.');
}

/** The ground steps that a token names; undefined when it is no token. */
export function stepsOf(token: string): readonly number[] | undefined {
  if (token === '-') return [];
  if (!/^[0-9a-z]{1,6}(\.[0-9a-z]{1,6})*$/.test(token)) return undefined;
  return token.split('.').map((part) => Number.parseInt(part, 36));
}

/** A run as plain data. */
export function traceOf(ground: GroundProtocol, steps: readonly number[]): Trace {
  return {
    token: tokenOf(steps),
    steps: steps.map((stepNumber) => {
      const step = ground.steps[stepNumber];
      if (step === undefined) throw new Error(`${ground.name} has no ground step ${stepNumber}`);
      const { rule, actor, chosen, outcome } = step;
      return { rule, actor, chosen, outcome, stepNumber };
    }),
  };
}
