import { deepStrictEqual, ok } from 'node:assert/strict';
import { checkWith, type CheckOptions, type Compile } from '../check.ts';
import { compileSearch } from '../compile/search-program.ts';
import { ProtocolFault } from '../fault.ts';
import { groundProtocol, type GroundProtocol } from '../language/index.ts';
import { oracle, type OracleResult } from '../oracle/oracle.ts';
import { replay } from '../trace/replay.ts';
import type { CheckResult } from '../verdict.ts';
import { randomProtocol } from './random-protocol.ts';

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
export function orFault<T>(run: () => T): T | string {
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
export function agree(tape: Uint8Array, compile: Compile = narrow(tape)): ReadonlySet<string> {
  const { protocol, traits } = randomProtocol(tape);
  const ground = groundProtocol(protocol);
  const expected = orFault(() => oracle(ground, maxStates));
  if (typeof expected !== 'string' && !expected.complete) return new Set(['too large']);
  const run = (options: CheckOptions): CheckResult | string => orFault(() => checkWith(ground, options, compile));
  const full = run({ slice: false, resets: false });
  const reduced = run({});
  if (typeof expected === 'string' || typeof full === 'string' || typeof reduced === 'string') {
    deepStrictEqual([full, reduced], [expected, expected]);
    return new Set([...traits, 'fault']);
  }
  deepStrictEqual(sizes(full), sizes(expected));
  deepStrictEqual(answers(full), answersOf(ground, expected));
  deepStrictEqual(answers(reduced), answersOf(ground, expected));
  ok(reduced.states <= full.states);
  for (const r of reduced.results) {
    if (r.verdict !== 'violated') continue;
    const again = replay(ground, r.trace.token, r.property);
    ok(again.kind === 'violated', `${r.trace.token} replays as ${again.kind}`);
    deepStrictEqual([again.claim, again.steps], [r.claim, r.steps]);
  }
  const verdictOnP = (result: CheckResult): string | undefined =>
    result.results.find((r) => r.property === 'P')?.verdict;
  deepStrictEqual(verdictOnP(run({ properties: ['P'] }) as CheckResult), verdictOnP(full));
  const extra = [
    expected.violated.size > 0 && 'violated',
    reduced.states < full.states && 'reduced',
    full.words > 1 && 'wide',
  ];
  return new Set([...traits, ...extra.filter((e) => e !== false)]);
}
