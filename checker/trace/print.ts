import type { Violated } from '../verdict.ts';
import type { ExplainedStep, Explanation } from './explain.ts';
import { choicesOf, toldStep, type Describe, type ToldStep } from './tell.ts';

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

function heading(step: ToldStep): string {
  const { actor, function: name, says } = step;
  const choices = choicesOf(step);
  const who = name === undefined ? actor : `${actor} ${name}()`;
  return `${who}  ${says}${choices.length > 0 ? ` [${choices.join(', ')}]` : ''}`;
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
    const told = toldStep(step, options.describe, options.points);
    const width = Math.max(0, ...told.changes.map(({ name }) => name.length));
    const changes = told.changes.map(({ name, from, to }) => `${indent}${name.padEnd(width)}  ${from} -> ${to}`);
    const events = options.events ? step.events.map((event) => `${indent}${shownEvent(event)}`) : [];
    return [`  ${String(i + 1).padStart(digits)}  ${heading(told)}`, ...events, ...changes];
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
