import type { Anchor, GroundClaim, GroundProtocol, GroundStep, Slot, Value } from '../language/index.ts';
import { attempt, canonicalSteps, evaluate, isTrueIn, type Codes } from '../oracle/interpreter.ts';
import type { TraceStep } from '../verdict.ts';
import { traceOf } from './token.ts';

/** One slot that a step changed. */
export interface Change {
  readonly slot: Slot;
  readonly before: Value;
  readonly after: Value;
}

/** One step of a run with everything that a reader may want to know. */
export interface ExplainedStep extends TraceStep {
  /** The function that the step transcribes, or none. */
  readonly does: Anchor | undefined;
  readonly says: string;
  readonly voluntary: boolean;
  readonly events: readonly { readonly name: string; readonly payload: Readonly<Record<string, Value>> }[];
  readonly changes: readonly Change[];
  /** The claims that are violated by this step or in the state after it. */
  readonly violates: readonly GroundClaim[];
  readonly after: Codes;
}

/** A run, executed again on the fine steps over all slots. */
export interface Explanation {
  readonly scenario: string;
  readonly initial: Codes;
  /** The claims that are violated before any step. */
  readonly violates: readonly GroundClaim[];
  readonly steps: readonly ExplainedStep[];
}

const valueOf = (slot: Slot, code: number | undefined): Value => slot.variable.domain.values[code ?? 0] as Value;

/** The claims on states that a state violates; the quiescent ones only where every enabled step is voluntary. */
function violatedIn(ground: GroundProtocol, state: Codes): GroundClaim[] {
  const isQuiet = ground.steps.every((step) => step.voluntary || attempt(ground, step, state).kind === 'disabled');
  return ground.stateClaims.filter((c) => (isQuiet || !c.quiescent) && isTrueIn(ground, c, state));
}

function eventsOf(step: GroundStep, state: Codes): ExplainedStep['events'] {
  const valueIn = ({ value, of }: GroundStep['events'][number]['payload'][string]): Value =>
    of.values[evaluate(value, state)] as Value;
  return step.events
    .filter((event) => evaluate(event.when, state) === 1)
    .map(({ name, payload }) => ({
      name,
      payload: Object.fromEntries(Object.entries(payload).map(([key, p]) => [key, valueIn(p)])),
    }));
}

function explainStep(ground: GroundProtocol, number: number, state: Codes): ExplainedStep {
  const step = ground.steps[number] as GroundStep;
  const result = attempt(ground, step, state);
  if (result.kind === 'disabled') throw new StepNotEnabled(ground, number, state);
  const after = result.kind === 'taken' ? result.next : state;
  const changes = ground.slots.flatMap((slot, i) =>
    after[i] === state[i] ? [] : [{ slot, before: valueOf(slot, state[i]), after: valueOf(slot, after[i]) }],
  );
  return {
    ...(traceOf(ground, [number]).steps[0] as TraceStep),
    does: step.does,
    says: step.says,
    voluntary: step.voluntary,
    events: eventsOf(step, state),
    changes,
    violates: [...result.claims, ...(result.kind === 'taken' ? violatedIn(ground, after) : [])],
    after,
  };
}

/** A run names a step that is not enabled where it should be taken. */
export class StepNotEnabled extends Error {
  override readonly name = 'StepNotEnabled';

  constructor(ground: GroundProtocol, number: number, state: Codes) {
    const enabled = canonicalSteps(ground).filter(({ step }) => attempt(ground, step, state).kind !== 'disabled');
    const shown = enabled.map(({ number: n, step }) => `${n} ${step.actor} ${step.rule}`).join(', ');
    const { actor, rule } = ground.steps[number] as GroundStep;
    super(`${ground.name}: step ${number} (${actor} ${rule}) is not enabled there; enabled: ${shown || 'none'}`);
  }
}

/**
 * Executes a run again, step by step, on the naive interpreter over all slots: nothing of the compiled search is used.
 *
 * @throws StepNotEnabled when the run is not one of this protocol.
 */
export function explain(ground: GroundProtocol, steps: readonly number[]): Explanation {
  const explained: ExplainedStep[] = [];
  let state: Codes = ground.initial;
  for (const number of steps) {
    if (ground.steps[number] === undefined) throw new Error(`${ground.name} has no ground step ${number}`);
    const step = explainStep(ground, number, state);
    explained.push(step);
    state = step.after;
  }
  return {
    scenario: ground.name,
    initial: ground.initial,
    violates: violatedIn(ground, ground.initial),
    steps: explained,
  };
}
