import { env } from 'node:process';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groundProtocol } from '../language/index.ts';
import { createSystem, type System } from '../system.ts';
import { agree, orFault } from '../testing/agree.ts';
import { randomProtocol } from '../testing/random-protocol.ts';
import { compileWithoutHash, wrongCompilers } from '../testing/wrong-compilers.ts';
import { oracle } from './oracle.ts';

const numRuns = Number(env['FAULTLINE_RANDOM_PROTOCOLS'] ?? 300);
const tapes = fc.uint8Array({ minLength: 500, maxLength: 500 });

/** The codes of every state that a system can be walked to. */
function walk(system: System): string[] {
  const seen = new Map([[system.key(system.initial), system.initial]]);
  for (const state of seen.values()) {
    for (const { next } of system.successors(state)) seen.set(system.key(next), next);
  }
  return [...seen.values()].map((state) => JSON.stringify(system.codes(state)));
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

  test('agree without a hash: it only finds the place where whole states are compared', () => {
    const property = fc.property(tapes, (tape) => void agree(tape, compileWithoutHash));
    expect(() => fc.assert(property, { numRuns: 50, seed: 3 })).not.toThrow();
  });

  test('walk the same states with the system', () => {
    const property = fc.property(tapes, (tape) => {
      const ground = groundProtocol(randomProtocol(tape).protocol);
      const expected = orFault(() => oracle(ground, 300));
      fc.pre(typeof expected !== 'string' && expected.complete);
      expect(new Set(walk(createSystem(ground, { keep: ground.properties })))).toEqual(new Set(expected.seen.keys()));
    });
    fc.assert(property, { numRuns: 100, seed: 2 });
  });
});

describe('the comparison catches an engine that', () => {
  test.for(Object.entries(wrongCompilers))('%s', ([, compile]) => {
    const property = fc.property(tapes, (tape) => void agree(tape, compile));
    expect(fc.check(property, { numRuns: 300, seed: 2026, endOnFailure: true }).failed).toBe(true);
  });
});
