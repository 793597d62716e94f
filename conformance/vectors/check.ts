import { isSessionKind, sessionFeatures, sessions } from '../../model/sequential/session.ts';
import { featureBits } from './gates.ts';
import type { Vector } from './vector.ts';

const words = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((word) => typeof word === 'string');

/** What is wrong with the gates of a vector: they must ask for what its session and its operations need. */
function gatesProblem({ kind, gates, steps, sideEffects }: Vector): string | undefined {
  if (gates === null || typeof gates !== 'object' || !words(gates.features) || !/^\d+\.\d+$/u.test(gates.version))
    return "expected 'gates' with 'features' and a 'version' such as 7.3";
  const unknown = gates.features.find((name) => featureBits[name] === undefined);
  if (unknown !== undefined) return `its gates ask for an unknown feature ${JSON.stringify(unknown)}`;
  const missing = sessionFeatures(kind).find((name) => !gates.features.includes(name));
  if (missing !== undefined) return `its gates contradict its kind: a session ${kind} needs ${missing}`;
  if (sessions[kind].protection === 'wp' && gates.features.includes('rwp'))
    return `its gates contradict its kind: a session ${kind} has no rwp`;
  const does = (verb: string): boolean => steps.some(({ operation }) => operation.split(' ')[0] === verb);
  if (does('pageout') && !gates.swap)
    return 'its gates contradict its steps: it swaps a page out, and asks for no swap';
  if (does('migrate') && !gates.numa)
    return 'its gates contradict its steps: it migrates a page, and asks for one node';
  if (gates.swap && sideEffects !== 'system')
    return `its gates contradict its side effects: it needs swap, and says ${JSON.stringify(sideEffects)}`;
  return undefined;
}

/** What is wrong with the automaton: each step must know every state that the one before it leads to. */
function stepsProblem({ steps }: Vector): string | undefined {
  let states = 1;
  for (const [i, step] of steps.entries()) {
    if (typeof step.operation !== 'string' || !Array.isArray(step.states))
      return `step ${i} has no 'operation' and 'states'`;
    if (step.states.length < states) return `step ${i} knows ${step.states.length} states: expected ${states}`;
    const next = step.states.flat().map((one) => one.next);
    if (next.some((number) => !Number.isSafeInteger(number) || number < 0))
      return `step ${i} leads to a state that is no number`;
    states = 1 + Math.max(-1, ...next);
  }
  return undefined;
}

/** What is wrong with something that should be a vector, in a few words; undefined when nothing is. */
export function vectorProblem(vector: Vector): string | undefined {
  if (typeof vector.id !== 'string' || !Array.isArray(vector.steps)) return "expected 'id' and 'steps'";
  if (!isSessionKind(vector.kind)) return `unknown kind of session ${JSON.stringify(vector.kind)}`;
  return stepsProblem(vector) ?? gatesProblem(vector);
}
