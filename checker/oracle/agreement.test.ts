import { env } from 'node:process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkWith, type CheckOptions, type Compile } from '../check.ts';
import { compileSearch } from '../compile/search-program.ts';
import { ProtocolFault } from '../fault.ts';
import { groundProtocol, type GroundProtocol } from '../language/index.ts';
import { createSystem } from '../system.ts';
import { randomProtocol } from '../testing/random-protocol.ts';
import { replay } from '../trace/replay.ts';
import type { CheckResult } from '../verdict.ts';
import { oracle, type OracleResult } from './oracle.ts';

const numRuns = Number(env['FAULTLINE_RANDOM_PROTOCOLS'] ?? 300);
const tapes = fc.uint8Array({ minLength: 500, maxLength: 500 });
const maxStates = 2000;

/** The answers of a search: per property the length of a shortest violation, what is missing, what never fired. */
function answers(result: CheckResult): object {
  return {
    violated: result.results.flatMap((r) => (r.verdict === 'violated' ? [[r.property, r.steps, r.shortest]] : [])),
    vacuous: result.results.flatMap((r) =>
      r.verdict === 'vacuous' ? r.missing.map((w) => `${r.property}: ${w}`) : [],
    ),
    neverFired: result.neverFired,
  };
}

function answersOf(ground: GroundProtocol, { violated, missing, neverFired }: OracleResult): object {
  return {
    violated: ground.properties.flatMap((p) => (violated.has(p) ? [[p, violated.get(p), 'proved']] : [])),
    vacuous: missing.filter((w) => !violated.has(w.slice(0, w.indexOf(':')))),
    neverFired,
  };
}

const sizes = ({ states, transitions, depth }: CheckResult | OracleResult): object => ({ states, transitions, depth });

/** The result, or the first line of the fault. */
function orFault<T>(run: () => T): T | string {
  try {
    return run();
  } catch (error) {
    if (error instanceof ProtocolFault) return error.message.split('\n')[0] as string;
    throw error;
  }
}

/** Words of 32, 16 or 8 bits: small protocols must not only have states of one word. */
const narrow =
  (tape: Uint8Array): Compile =>
  (ground) =>
    compileSearch(ground, [8, 16, 32][(tape.at(-1) ?? 0) % 3]);

/** Throws where engine and oracle differ on a protocol; else says what the protocol contained. */
function agree(tape: Uint8Array, compile: Compile = narrow(tape)): ReadonlySet<string> {
  const { protocol, traits } = randomProtocol(tape);
  const ground = groundProtocol(protocol);
  const expected = orFault(() => oracle(ground, maxStates));
  if (typeof expected !== 'string' && !expected.complete) return new Set(['too large']);
  const run = (options: CheckOptions): CheckResult | string => orFault(() => checkWith(ground, options, compile));
  const full = run({ slice: false, resets: false });
  const reduced = run({});
  if (typeof expected === 'string' || typeof full === 'string' || typeof reduced === 'string') {
    expect([full, reduced]).toEqual([expected, expected]);
    return new Set([...traits, 'fault']);
  }
  expect(sizes(full)).toEqual(sizes(expected));
  expect(answers(full)).toEqual(answersOf(ground, expected));
  expect(answers(reduced)).toEqual(answersOf(ground, expected));
  expect(reduced.states).toBeLessThanOrEqual(full.states);
  for (const r of reduced.results) {
    if (r.verdict !== 'violated') continue;
    const again = replay(ground, r.trace.token, r.property);
    expect(again).toMatchObject({ kind: 'violated', claim: r.claim, steps: r.steps });
  }
  const alone = run({ properties: ['P'] }) as CheckResult;
  expect(alone.results.find((r) => r.property === 'P')?.verdict).toBe(
    full.results.find((r) => r.property === 'P')?.verdict,
  );
  const extra = [
    expected.violated.size > 0 && 'violated',
    reduced.states < full.states && 'reduced',
    full.words > 1 && 'wide',
  ];
  return new Set([...traits, ...extra.filter((e) => e !== false)]);
}

describe('engine and oracle', () => {
  test(`agree on ${numRuns} random protocols, a third or more of each kind`, { timeout: 3_600_000 }, () => {
    const tally: Record<string, number> = {};
    const property = fc.property(tapes, (tape) => agree(tape).forEach((t) => (tally[t] = (tally[t] ?? 0) + 1)));
    fc.assert(property, { numRuns, seed: 2026 });
    const kinds = [
      'locks',
      'try',
      'blocking',
      'choice',
      'several',
      'violated',
      'quiescent',
      'ghosts',
      'reduced',
      'wide',
    ];
    expect(kinds.filter((kind) => (tally[kind] ?? 0) < numRuns / 3)).toEqual([]);
    expect(tally['too large'] ?? 0).toBeLessThan(numRuns / 5);
  });

  test('walk the same states with the system', () => {
    const property = fc.property(tapes, (tape) => {
      const ground = groundProtocol(randomProtocol(tape).protocol);
      const expected = orFault(() => oracle(ground, 300));
      if (typeof expected === 'string' || !expected.complete) return;
      const system = createSystem(ground, { keep: ground.properties });
      const seen = new Map([[system.key(system.initial), system.initial]]);
      for (const state of seen.values()) {
        for (const { next } of system.successors(state)) seen.set(system.key(next), next);
      }
      const walked = [...seen.values()].map((state) => JSON.stringify(system.codes(state)));
      expect(new Set(walked)).toEqual(new Set(expected.seen.keys()));
    });
    fc.assert(property, { numRuns: 100, seed: 2 });
  });
});

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

const wrongCompilers: Readonly<Record<string, Compile>> = {
  'compares only the first word': textual(noHash, [/(states\[o \+ 0\] === n0) && .*\)/g, '$1)']),
  'forgets the last store of each step': given((g) => ({
    ...g,
    steps: g.steps.map((step) => ({ ...step, stores: step.stores.slice(0, -1) })),
  })),
  'takes every state for a quiescent one': textual([/busy = 1;/g, '']),
  'never counts the initial state out of the witnesses': textual([/head !== 0/g, 'true']),
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

test('a hash only finds the place: without one, engine and oracle still agree', () => {
  fc.assert(
    fc.property(tapes, (tape) => void agree(tape, textual(noHash))),
    { numRuns: 50, seed: 3 },
  );
});

describe('the comparison catches an engine that', () => {
  test.for(Object.entries(wrongCompilers))('%s', ([, compile]) => {
    const outcome = fc.check(
      fc.property(tapes, (tape) => void agree(tape, compile)),
      { numRuns: 300, seed: 2026, endOnFailure: true },
    );
    expect(outcome.failed).toBe(true);
  });
});
