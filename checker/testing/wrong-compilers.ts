import type { Compile } from '../check.ts';
import { compileSearch } from '../compile/search-program.ts';
import type { GroundProtocol } from '../language/index.ts';

/** A compiler whose generated text is changed. */
const textual =
  (...changes: readonly (readonly [RegExp, string])[]): Compile =>
  (ground) => {
    const right = compileSearch(ground, 8);
    const source = changes.reduce((text, [from, to]) => text.replaceAll(from, to), right.source);
    return { ...right, start: right.startWith(source) };
  };

/** With this, every state lands in the same place of the index. */
const noHash = [/(function hash\(.*\)) \{[^}]*\}/g, '$1 { return 0; }'] as const;

/** A compiler that is given a wrong protocol. */
const given =
  (wrong: (ground: GroundProtocol) => GroundProtocol): Compile =>
  (ground) =>
    compileSearch(wrong(ground));

/** Compilers with one bug each, by what the bug does. */
export const wrongCompilers: Readonly<Record<string, Compile>> = {
  'compares only the first word': textual(noHash, [/(states\[o \+ 0\] === n0) && .*\)/g, '$1)']),
  'forgets the last store of each step': given((g) => ({
    ...g,
    steps: g.steps.map((step) => ({ ...step, stores: step.stores.slice(0, -1) })),
  })),
  'takes every state for a quiescent one': textual([/busy = 1;/g, '']),
  'counts a witness that is true before anything happens': textual([/head !== 0/g, 'true']),
  'judges only the first claim on steps': textual([/stepClaim\(\d+, [1-9]\)/g, ';']),
  'forgets locals that are still to be read': given((g) => ({
    ...g,
    steps: g.steps.map((step) => {
      const { process } = g.actors.find((actor) => actor.name === step.actor) as { process: string };
      const index = g.slots[step.pc]?.index[0];
      const own = [...g.slots.entries()].filter(
        ([, { variable, index: at }]) => variable.role === 'local' && variable.process === process && at[0] === index,
      );
      const resets = own.map(([slot]) => ({
        slot,
        value: { kind: 'constant' as const, code: g.initial[slot] as number },
      }));
      return { ...step, stores: [...step.stores.filter((s) => !own.some(([slot]) => slot === s.slot)), ...resets] };
    }),
  })),
  'ignores guards': given((g) => ({
    ...g,
    steps: g.steps.map((step) => ({ ...step, guard: { kind: 'constant', code: 1 } })),
  })),
  'takes steps at their first point only': given((g) => ({
    ...g,
    steps: g.steps.map((step) => ({ ...step, from: step.from.slice(0, 1) })),
  })),
};

/** A right compiler whose hash says nothing: every state is found by comparing whole states. */
export const compileWithoutHash: Compile = textual(noHash);
