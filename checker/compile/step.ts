import type { GroundProtocol, GroundStep } from '../language/index.ts';
import type { ExpressionCode } from './expression.ts';
import { maskOf, type Place } from './layout.ts';

/** What a step's code does besides computing the next state. */
export interface StepHooks {
  /** The code that hands over the successor's words. */
  readonly emit: (step: number, words: readonly string[]) => string;
  /** The code that runs when the step is enabled. */
  readonly enabled: (step: GroundStep) => string;
  /** The code that runs for an impossible entry, claim `index` of the step. */
  readonly impossible: (step: number, index: number) => string;
  /** The code that judges the step before it is taken. */
  readonly judge: (step: number) => string;
}

/** The words after a step, as expressions over those before it. */
function nextWords(code: ExpressionCode, step: GroundStep): string[] {
  const mode = { marks: true, possible: true };
  const words = Array.from({ length: code.layout.words }, () => ({ clear: 0, set: 0, parts: [] as string[] }));
  const put = (slot: number, write: (place: Place, word: (typeof words)[number]) => void): void => {
    const place = code.layout.places[slot] as Place;
    if (place.bits === 0) return;
    const word = words[place.word] as (typeof words)[number];
    word.clear |= maskOf(place);
    write(place, word);
  };
  for (const { slot, value } of step.stores) {
    if (value.kind === 'slot' && value.slot === slot) continue;
    put(slot, ({ shift }, word) => {
      if (value.kind === 'constant') word.set |= value.code << shift;
      else word.parts.push(shift === 0 ? code.number(value, mode) : `(${code.number(value, mode)} << ${shift})`);
    });
  }
  const { to } = step;
  if (to !== undefined) put(step.pc, ({ shift }, word) => (word.set |= to << shift));
  return words.map(({ clear, set, parts }, i) => {
    if (clear === 0) return `w${i}`;
    return [`(w${i} & ${~clear})`, ...(set === 0 ? [] : [String(set)]), ...parts].join(' | ');
  });
}

/** The code of one step, to be run where its program counter is known to fit. */
export function stepCode(code: ExpressionCode, step: GroundStep, number: number, hooks: StepHooks): string {
  const lines: string[] = [hooks.enabled(step)];
  for (const assert of step.asserts) {
    lines.push(`if (!(${code.truth(assert.of)})) fault();`);
  }
  const taken = [hooks.judge(number), hooks.emit(number, nextWords(code, step))];
  const impossible = step.claims.flatMap((claim, i) =>
    claim.property === 'impossible' ? [`if (${code.truth(claim.of)}) { ${hooks.impossible(number, i)} }`] : [],
  );
  const inner = taken.filter((line) => line !== '').join('\n');
  lines.push(impossible.length === 0 ? inner : `${impossible.join(' else ')} else { ${inner} }`);
  const body = lines.filter((line) => line !== '').join('\n');
  const guard = code.truth(step.guard);
  return guard === 'true' ? `{ ${body} }` : `if (${guard}) { ${body} }`;
}

const longestFunction = 16_000;

/** Cuts fragments into functions that are short enough for the JIT compiler to optimise. */
function inFunctions(name: string, parameters: string, fragments: readonly string[], functions: string[]): string {
  const chunks: string[][] = [[]];
  let length = 0;
  for (const fragment of fragments) {
    if (length > 0 && length + fragment.length > longestFunction) {
      chunks.push([]);
      length = 0;
    }
    length += fragment.length;
    chunks.at(-1)?.push(fragment);
  }
  return chunks
    .map((chunk, i) => {
      functions.push(`function ${name}_${i}(${parameters}) {\n${chunk.join('\n')}\n}`);
      return `${name}_${i}(${parameters});`;
    })
    .join('\n');
}

/**
 * One function per actor, `actor0`, `actor1`, …: a switch on its program counter, in each case its steps in order. A
 * function that would grow too long hands its cases to functions of their own.
 */
export function actorFunctions(ground: GroundProtocol, code: ExpressionCode, hooks: StepHooks): string {
  const parameters = Array.from({ length: code.layout.words }, (_, i) => `w${i}`).join(', ');
  const functions: string[] = [];
  ground.actors.forEach((actor, a) => {
    const steps = ground.steps.flatMap((step, number) => {
      if (step.actor !== actor.name) return [];
      return [{ step, text: stepCode(code, step, number, hooks) }];
    });
    const cases = actor.points
      .map((_, point) => ({ point, fragments: steps.filter((s) => s.step.from.includes(point)).map((s) => s.text) }))
      .filter(({ fragments }) => fragments.length > 0);
    const length = cases.reduce((sum, { fragments }) => sum + fragments.join('').length, 0);
    const body = cases.map(({ point, fragments }) => {
      const text =
        length <= longestFunction
          ? fragments.join('\n')
          : inFunctions(`actor${a}_${point}`, parameters, fragments, functions);
      return `case ${point}:\n${text}\nbreak;`;
    });
    const pc = code.number({ kind: 'slot', slot: actor.pc });
    functions.push(`function actor${a}(${parameters}) {\nswitch (${pc}) {\n${body.join('\n')}\n}\n}`);
  });
  return functions.join('\n');
}

/** The helpers that the code of expressions calls. */
export function helperFunctions(code: ExpressionCode): string {
  const tables = code.tables.tables.map((table, i) => {
    const mark = table.rules
      ? `const m${i} = env.marks[${i}];\nfunction mark${i}(at) { m${i}[at] = 1; return t${i}[at]; }`
      : '';
    return `const t${i} = env.tables[${i}];\n${mark}`;
  });
  return [
    ...tables,
    'function fault() { throw env.faulty; }',
    'function within(code, limit) { if (code < 0 || code >= limit) fault(); return code; }',
    'function possible(code) { if (code < 0) fault(); return code; }',
  ].join('\n');
}
