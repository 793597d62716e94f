import type { GroundProtocol, Table } from '../language/index.ts';
import { isTrueIn } from '../oracle/interpreter.ts';
import { ExpressionCode, TableNames } from './expression.ts';
import { instantiate } from './instantiate.ts';
import { layoutOf, type Layout } from './layout.ts';
import { actorFunctions, helperFunctions, type StepHooks } from './step.ts';

/** What the generated search tells its driver; called rarely. */
export interface SearchEvents {
  /** State claim `claim` is true in the state being expanded. */
  readonly stateClaim: (claim: number) => void;
  /** Claim `claim` of ground step `step` is true in the state being expanded. */
  readonly stepClaim: (step: number, claim: number) => void;
}

/** The flags and counters that the generated search and its driver share. */
export interface SearchFlags {
  /** By property: 1 while its claims on states are judged. */
  readonly judgeStates: Uint8Array;
  /** By property: 1 while its claims on steps are judged. */
  readonly judgeSteps: Uint8Array;
  /** By witness, those of states first: 1 until it is reached. */
  readonly awaited: Uint8Array;
  /** By ground step: how often it was taken. */
  readonly fired: Float64Array;
  /** By table: which entries a store used. */
  readonly marks: readonly Uint8Array[];
}

/** The memory of a search: all states in the order in which they were found, and an index to find them by content. */
export interface Store {
  /** The words of the states, one state after the other. */
  readonly states: Int32Array;
  /** Open addressing; an entry holds the number of a state plus one and, in the bits above, bits of its hash. */
  readonly index: Int32Array;
  /** For each state that has been expanded: how many states were found from it. */
  readonly born: Uint8Array | Uint16Array | Uint32Array;
}

/** The generated search; whoever calls it keeps room in the store. */
export interface SearchProgram {
  /** Uses a new store, larger than the one before; the states and births are copied already, the index is filled here. */
  readonly attach: (store: Store) => void;
  /** Adds a state, if it is new. */
  readonly add: (...words: number[]) => void;
  /** Expands states in order until `until` is reached or `room` states are stored. */
  readonly run: (until: number, room: number) => void;
  /** True when a step has led back to the initial state; noted only where a witness is true in it. */
  readonly returned: () => boolean;
  /** How many states are stored. */
  readonly count: () => number;
  /** How many of them are expanded; the state being expanded, while that goes on. */
  readonly head: () => number;
}

/** A protocol ready to be searched. */
export interface CompiledSearch {
  readonly layout: Layout;
  /** The tables that the code reads, parallel to `flags.marks`. */
  readonly tables: readonly Table[];
  /** The generated JavaScript. */
  readonly source: string;
  readonly flags: SearchFlags;
  /** Makes the search program; it tells what it meets through the events. */
  readonly start: (events: SearchEvents) => SearchProgram;
  /** As `start`, for other text: how the tests seed bugs. */
  readonly startWith: (source: string) => (events: SearchEvents) => SearchProgram;
}

/** Thrown by generated code where the protocol is at fault; the driver finds out where. */
export const faulty: unique symbol = Symbol('the protocol is at fault');

const list = (count: number, of: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => of(i)).join(', ');

/** Spreads the words of a state over 32 bits; a state is never recognised by its hash alone. */
function hashCode(words: number): string {
  const mix = Array.from(
    { length: words - 1 },
    (_, i) => `h = Math.imul(h ^ (h >>> 15) ^ n${i + 1}, ${0x85ebca6b | 0});`,
  );
  return [
    `let h = Math.imul(n0, ${0x9e3779b1 | 0});`,
    ...mix,
    `h = Math.imul(h ^ (h >>> 16), ${0x7feb352d | 0});`,
    `h = Math.imul(h ^ (h >>> 15), ${0x846ca68b | 0});`,
    'return h ^ (h >>> 16);',
  ].join('\n');
}

function storeFunctions(words: number, watchesReturn: boolean): string {
  const n = list(words, (i) => `n${i}`);
  const same = Array.from({ length: words }, (_, i) => `states[o + ${i}] === n${i}`).join(' && ');
  return `
let states = new Int32Array(0), index = new Int32Array(1), born = new Uint8Array(0);
let mask = 0, count = 0, head = 0, busy = 0, returned = false;
function hash(${n}) { ${hashCode(words)} }
function attach(store) {
  states = store.states; index = store.index; born = store.born; mask = index.length - 1;
  for (let id = 0, o = 0; id < count; id++, o += ${words}) {
    const h = hash(${list(words, (i) => `states[o + ${i}]`)});
    let at = h & mask;
    while (index[at] !== 0) at = (at + 1) & mask;
    index[at] = (h & ~mask) | (id + 1);
  }
}
function add(${n}) {
  const h = hash(${n});
  let at = h & mask;
  for (;;) {
    const entry = index[at];
    if (entry === 0) break;
    if (((entry ^ h) & ~mask) === 0) {
      const o = ((entry & mask) - 1) * ${words};
      if (${same}) { ${watchesReturn ? 'returned ||= o === 0; ' : ''}return; }
    }
    at = (at + 1) & mask;
  }
  const o = count * ${words};
  ${Array.from({ length: words }, (_, i) => `states[o + ${i}] = n${i};`).join(' ')}
  index[at] = (h & ~mask) | ++count;
}`;
}

function judgeStates(
  ground: GroundProtocol,
  code: ExpressionCode,
): { readonly before: string; readonly after: string } {
  const claims = ground.stateClaims.map((claim, i) => {
    const property = ground.properties.indexOf(claim.property);
    const text = `if (judgeStates[${property}] !== 0 && ${code.truth(claim.of)}) stateClaim(${i});`;
    return { quiescent: claim.quiescent, text };
  });
  const witnesses = ground.stateWitnesses.map(
    (w, i) => `if (awaited[${i}] !== 0 && head !== 0 && ${code.truth(w.of)}) awaited[${i}] = 0;`,
  );
  const quiescent = claims.filter((c) => c.quiescent).map((c) => c.text);
  return {
    before: [...claims.filter((c) => !c.quiescent).map((c) => c.text), ...witnesses].join('\n'),
    after: quiescent.length === 0 ? '' : `if (busy === 0) { ${quiescent.join('\n')} }`,
  };
}

/** Where the witnesses of each step begin in `awaited`: after those of states. */
export function witnessBase(ground: GroundProtocol): readonly number[] {
  let next = ground.stateWitnesses.length;
  return ground.steps.map((step) => (next += step.witnesses.length) - step.witnesses.length);
}

function searchHooks(ground: GroundProtocol, code: ExpressionCode): StepHooks {
  const bases = witnessBase(ground);
  const watchesQuiet = ground.stateClaims.some((claim) => claim.quiescent);
  return {
    emit: (_, words) => `add(${words.join(', ')});`,
    enabled: (step) => (watchesQuiet && !step.voluntary ? 'busy = 1;' : ''),
    impossible: (step, i) =>
      `if (judgeSteps[${ground.properties.indexOf('impossible')}] !== 0) stepClaim(${step}, ${i});`,
    judge: (number) => {
      const { claims, witnesses } = ground.steps[number] as GroundProtocol['steps'][number];
      const judged = claims.flatMap((claim, i) => {
        if (claim.property === 'impossible') return [];
        const property = ground.properties.indexOf(claim.property);
        return [`if (judgeSteps[${property}] !== 0 && ${code.truth(claim.of)}) stepClaim(${number}, ${i});`];
      });
      const base = bases[number] as number;
      const awaited = witnesses.map(
        (w, i) => `if (awaited[${base + i}] !== 0 && ${code.truth(w.of)}) awaited[${base + i}] = 0;`,
      );
      return [...judged, ...awaited, `fired[${number}]++;`].join('\n');
    },
  };
}

/** Generates the breadth-first search of one protocol as JavaScript. */
export function compileSearch(ground: GroundProtocol, wordBits = 32): CompiledSearch {
  const layout = layoutOf(ground, wordBits);
  const tables = new TableNames();
  const code = new ExpressionCode(layout, tables);
  const actors = actorFunctions(ground, code, searchHooks(ground, code));
  const judged = judgeStates(ground, code);
  const words = list(layout.words, (i) => `w${i}`);
  const watchesReturn = ground.stateWitnesses.some((w) => isTrueIn(ground, w, ground.initial));
  const source = `'use strict';
const { judgeStates, judgeSteps, awaited, fired } = env.flags;
const { stateClaim, stepClaim } = env.events;
${helperFunctions(code)}
${storeFunctions(layout.words, watchesReturn)}
${actors}
function run(until, room) {
  while (head < until && count < room) {
    const o = head * ${layout.words}, before = count;
    const ${list(layout.words, (i) => `w${i} = states[o + ${i}]`)};
    ${judged.before}
    busy = 0;
    ${ground.actors.map((_, a) => `actor${a}(${words});`).join('\n')}
    ${judged.after}
    born[head++] = count - before;
  }
}
return { attach, add, run, returned: () => returned, count: () => count, head: () => head };`;
  const stepWitnesses = ground.steps.reduce((sum, step) => sum + step.witnesses.length, 0);
  const flags: SearchFlags = {
    judgeStates: new Uint8Array(ground.properties.length).fill(1),
    judgeSteps: new Uint8Array(ground.properties.length).fill(1),
    awaited: new Uint8Array(ground.stateWitnesses.length + stepWitnesses).fill(1),
    fired: new Float64Array(ground.steps.length),
    marks: tables.tables.map((table) => new Uint8Array(table.codes.length)),
  };
  const startWith = (text: string) => (events: SearchEvents) => {
    const codes = tables.tables.map((table) => table.codes);
    return instantiate(text, { events, flags, faulty, tables: codes, marks: flags.marks }) as SearchProgram;
  };
  return { layout, tables: tables.tables, source, flags, start: startWith(source), startWith };
}
