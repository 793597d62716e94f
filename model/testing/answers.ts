import type { System, SystemState } from '../../checker/index.ts';
import type { GroundExpression } from '../../checker/language/index.ts';
import { evaluate } from '../../checker/oracle/interpreter.ts';

/** What a machine was asked in a search, and what the compiled step stored. */
export interface Answer {
  readonly machine: string;
  /** The kernel function. */
  readonly event: string;
  /** The configuration before it, by name. */
  readonly before: string;
  readonly payload: Readonly<Record<string, string>>;
  /** The configuration that the compiled step left behind. */
  readonly after: string;
}

type Asked = Extract<GroundExpression, { kind: 'table' }>;

/** The table that a value comes from in a state, the conditions around it decided; undefined where it is no table's. */
function askedIn(value: GroundExpression, codes: readonly number[]): Asked | undefined {
  if (value.kind === 'if') return askedIn(evaluate(value.when, codes) === 1 ? value.then : value.otherwise, codes);
  return value.kind === 'table' ? value : undefined;
}

function* answersOf(system: System, state: SystemState, step: number, next: SystemState): Generator<Answer> {
  const codes = system.codes(state);
  for (const { slot, value } of system.ground.steps[step]?.stores ?? []) {
    const { name, variable } = system.ground.slots[slot] as System['ground']['slots'][number];
    const asked = variable.role === 'machine' ? askedIn(value, codes) : undefined;
    if (asked?.table.machine === undefined) continue;
    const { table, args } = asked;
    const given = args.map((arg, i) => String(table.args[i]?.values[evaluate(arg, codes)]));
    const before = given.at(-1) ?? '';
    const payload = Object.fromEntries(given.slice(0, -1).map((text, i) => [table.args[i]?.name ?? '', text]));
    const event = table.name.replace('()', '');
    yield { machine: table.machine as string, event, before, payload, after: String(system.value(next, name)) };
  }
}

/** Walks every state that a system reaches, and collects every answer of a machine once. */
export function answersIn(system: System): { readonly states: number; readonly answers: readonly Answer[] } {
  const answers = new Map<string, Answer>();
  const seen = new Set([system.key(system.initial)]);
  const queue = [system.initial];
  for (const state of queue) {
    for (const { step, next } of system.successors(state)) {
      for (const answer of answersOf(system, state, step, next)) answers.set(JSON.stringify(answer), answer);
      const key = system.key(next);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(next);
    }
  }
  return { states: seen.size, answers: [...answers.values()] };
}
