import type { Slot, Value } from '../language/index.ts';
import type { Violated } from '../verdict.ts';
import type { Change, ExplainedStep, Explanation } from './explain.ts';

/** Shows one value of a variable: in a word, or as named parts of which only those that changed are printed. */
export type Describe = (slot: Slot, value: Value) => Readonly<Record<string, string>> | string;

/** How a counterexample is printed. */
export interface PrintOptions {
  /** The command that replays a trace, given its token. */
  readonly replay: (token: string) => string;
  readonly describe?: Describe;
  /** Print program counters too; the steps say where an actor is. */
  readonly points?: boolean;
  /** Print the events of each step before what it changed. */
  readonly events?: boolean;
}

const plainly: Describe = (_, value) => String(value);

/** The parts of a change, as `name  old -> new`; a part that did not change is left out. */
export function changedParts({ slot, before, after }: Change, describe: Describe = plainly): [string, string][] {
  const [old, now] = [describe(slot, before), describe(slot, after)];
  if (typeof old === 'string' && typeof now === 'string') return [[slot.name, `${old} -> ${now}`]];
  const parts = (of: typeof old): Readonly<Record<string, string>> => (typeof of === 'string' ? { '': of } : of);
  const [from, to] = [parts(old), parts(now)];
  return [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .filter((key) => from[key] !== to[key])
    .map((key) => [key ? `${slot.name}.${key}` : slot.name, [from[key], to[key]].map((v) => v ?? '-').join(' -> ')]);
}

function heading({ actor, does, says, chosen, outcome }: ExplainedStep): string {
  const values = Object.entries(chosen).map(([key, value]) => `${key} ${String(value)}`);
  if (outcome === 'busy') values.push('busy');
  const who = does ? `${actor} ${does.name}()` : actor;
  return `${who}  ${says}${values.length > 0 ? ` [${values.join(', ')}]` : ''}`;
}

function shownEvent({ name, payload }: ExplainedStep['events'][number]): string {
  const values = Object.entries(payload).map(([key, value]) => `${key} ${String(value)}`);
  return [`* ${name}`, ...(values.length > 0 ? [`(${values.join(', ')})`] : [])].join(' ');
}

/** The steps of a run with what each one changed. */
export function printSteps(explanation: Explanation, options: Omit<PrintOptions, 'replay'> = {}): string {
  const digits = String(explanation.steps.length).length;
  const indent = ' '.repeat(digits + 6);
  const lines = explanation.steps.flatMap((step, i) => {
    const shown = step.changes.filter((c) => options.points || c.slot.variable.role !== 'pc');
    const parts = shown.flatMap((change) => changedParts(change, options.describe));
    const width = Math.max(0, ...parts.map(([name]) => name.length));
    const changes = parts.map(([name, change]) => `${indent}${name.padEnd(width)}  ${change}`);
    const events = options.events ? step.events.map((event) => `${indent}${shownEvent(event)}`) : [];
    return [`  ${String(i + 1).padStart(digits)}  ${heading(step)}`, ...events, ...changes];
  });
  return (lines.length === 0 ? ['  the initial state'] : lines).join('\n');
}

/** A counterexample as text: the claim, the model and the length, each step with what it changed, the replay line. */
export function printViolation(violation: Violated, explanation: Explanation, options: PrintOptions): string {
  const { steps, shortest } = violation;
  const length = `${steps} ${steps === 1 ? 'step' : 'steps'}${shortest === 'proved' ? ', none shorter' : ''}`;
  return [
    `violated: ${violation.property}: ${violation.claim}`,
    `model:    ${explanation.scenario}, ${length}`,
    '',
    printSteps(explanation, options),
    '',
    `replay:   ${options.replay(violation.trace.token)}`,
  ].join('\n');
}
