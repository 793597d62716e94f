import type { Slot, Value, Variable } from '../language/index.ts';
import type { TraceStep } from '../verdict.ts';
import type { Change, ExplainedStep, Explanation } from './explain.ts';

/** Shows one value of a variable: in a word, or as named parts of which only those that changed are told. */
export type Describe = (slot: Slot, value: Value) => Readonly<Record<string, string>> | string;

/** A variable, or a part of one, that a step changed. */
export interface ToldChange {
  /** `pte[0].form`: the variable, then the part. */
  readonly name: string;
  /** What the variable is for: a ghost keeps what was promised, and no step reads it. */
  readonly role: Variable['role'];
  readonly from: string;
  readonly to: string;
}

/** One step of a run as plain data in words: what a page or a tool shows of it. */
export interface ToldStep extends Pick<TraceStep, 'actor' | 'chosen' | 'outcome'> {
  /** The function that the step transcribes; none for a step of a program or of the hardware. */
  readonly function?: string;
  readonly says: string;
  readonly changes: readonly ToldChange[];
}

const plainly: Describe = (_, value) => String(value);

/** The parts of a change; one that did not change is left out. */
function toldChanges({ slot, before, after }: Change, describe: Describe): readonly ToldChange[] {
  const { role } = slot.variable;
  const [old, now] = [describe(slot, before), describe(slot, after)];
  if (typeof old === 'string' && typeof now === 'string') return [{ name: slot.name, role, from: old, to: now }];
  const parts = (of: typeof old): Readonly<Record<string, string>> => (typeof of === 'string' ? { '': of } : of);
  const [from, to] = [parts(old), parts(now)];
  return [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .filter((key) => from[key] !== to[key])
    .map((key) => ({
      name: key ? `${slot.name}.${key}` : slot.name,
      role,
      from: from[key] ?? '-',
      to: to[key] ?? '-',
    }));
}

/** A step in words; program counters are told of only if asked for: what a step says tells where an actor is. */
export function toldStep(step: ExplainedStep, describe: Describe = plainly, points = false): ToldStep {
  const { actor, chosen, outcome, does, says } = step;
  const shown = step.changes.filter(({ slot }) => points || slot.variable.role !== 'pc');
  const changes = shown.flatMap((change) => toldChanges(change, describe));
  return { actor, ...(does && { function: does.name }), says, chosen, outcome, changes };
}

/** A run in words. */
export function toldSteps({ steps }: Explanation, describe?: Describe): readonly ToldStep[] {
  return steps.map((step) => toldStep(step, describe));
}

/** What a step chose, and whether its try failed: `page 0`, `busy`. */
export function choicesOf({ chosen, outcome }: Pick<ToldStep, 'chosen' | 'outcome'>): readonly string[] {
  const values = Object.entries(chosen).map(([key, value]) => `${key} ${String(value)}`);
  return outcome === 'busy' ? [...values, 'busy'] : values;
}
