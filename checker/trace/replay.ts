import { groundProtocol, type GroundProtocol, type Protocol } from '../language/index.ts';
import type { Trace } from '../verdict.ts';
import { explain, StepNotEnabled, type Explanation } from './explain.ts';
import { stepsOf, traceOf } from './token.ts';

/** What a run says when it is executed again. */
export type Replay =
  | {
      readonly kind: 'violated';
      readonly property: string;
      readonly claim: string;
      /** The number of steps to the violation. */
      readonly steps: number;
      readonly trace: Trace;
      readonly explanation: Explanation;
    }
  | {
      readonly kind: 'not-violated';
      readonly property: string;
      readonly trace: Trace;
      readonly explanation: Explanation;
    }
  /** The token is no run of this protocol. */
  | { readonly kind: 'unfit'; readonly why: string };

/**
 * Executes the run that a token names and judges one property along it. The token may come from anywhere: one that does
 * not fit is an answer, not an error.
 */
export function replay(protocol: Protocol | GroundProtocol, token: string, property: string): Replay {
  const ground = 'slots' in protocol ? protocol : groundProtocol(protocol);
  if (!ground.properties.includes(property)) {
    return { kind: 'unfit', why: `${ground.name} has no property ${property}; it has ${ground.properties.join(', ')}` };
  }
  const steps = stepsOf(token);
  if (steps === undefined)
    return { kind: 'unfit', why: `"${token}" is no trace: expected step numbers such as 0.3.1c` };
  const tooLarge = steps.findIndex((step) => step >= ground.steps.length);
  if (tooLarge >= 0) {
    const why = `${ground.name} has ${ground.steps.length} steps, none has the number ${steps[tooLarge]?.toString(36)}`;
    return { kind: 'unfit', why: `place ${tooLarge + 1} of the trace: ${why}` };
  }
  let explanation: Explanation;
  try {
    explanation = explain(ground, steps);
  } catch (error) {
    if (error instanceof StepNotEnabled) return { kind: 'unfit', why: error.message };
    throw error;
  }
  const violations = [explanation.violates, ...explanation.steps.map((step) => step.violates)];
  const at = violations.findIndex((claims) => claims.some((c) => c.property === property));
  const trace = traceOf(ground, steps);
  if (at < 0) return { kind: 'not-violated', property, trace, explanation };
  const claim = violations[at]?.find((c) => c.property === property)?.says ?? '';
  return { kind: 'violated', property, claim, steps: at, trace, explanation };
}
