import { faulty } from './compile/search-program.ts';
import { ExpressionCode, TableNames } from './compile/expression.ts';
import { instantiate } from './compile/instantiate.ts';
import { layoutOf, pack, unpack, type Layout } from './compile/layout.ts';
import { actorFunctions, helperFunctions } from './compile/step.ts';
import type { GroundProtocol, GroundStep, Slot, Value } from './language/index.ts';
import { attempt, canonicalSteps, evaluate } from './oracle/interpreter.ts';
import { prepare, type Preparation } from './prepare/prepare.ts';

/** A packed state; equal states have equal words. */
export type SystemState = readonly number[];

/** One step that a state allows, and where it leads. */
export interface Successor {
  /** The number of the ground step. */
  readonly step: number;
  readonly next: SystemState;
}

/** An event as it happened. */
export interface Occurrence {
  readonly name: string;
  readonly payload: Readonly<Record<string, Value>>;
}

/** What of a protocol a system is made of. */
export interface SystemOptions {
  /** Properties whose ghosts are kept; none when left out. */
  readonly keep?: readonly string[];
  /** Forget dead locals, except those that events tell or `observed` names; `false` when left out. */
  readonly resets?: boolean;
  /** Names of slots that are never forgotten. */
  readonly observed?: readonly string[];
}

function compileSuccessors(ground: GroundProtocol, layout: Layout): (...words: number[]) => readonly Successor[] {
  const tables = new TableNames();
  const code = new ExpressionCode(layout, tables);
  const actors = actorFunctions(ground, code, {
    emit: (step, words) => `out.push({ step: ${step}, next: [${words.join(', ')}] });`,
    enabled: () => '',
    impossible: () => '',
    judge: () => '',
  });
  const words = Array.from({ length: layout.words }, (_, i) => `w${i}`).join(', ');
  const calls = ground.actors.map((_, a) => `actor${a}(${words});`).join('\n');
  const source = `'use strict';
${helperFunctions(code)}
let out = [];
${actors}
return (${words}) => { out = []; ${calls} return out; };`;
  const env = {
    faulty,
    tables: tables.tables.map((table) => table.codes),
    marks: tables.tables.map((table) => new Uint8Array(table.codes.length)),
  };
  return instantiate(source, env) as (...words: number[]) => readonly Successor[];
}

/** A protocol to be walked by hand: no claims, no visited states, one state's successors at a time. */
export class System {
  /** The protocol as it is walked; its steps have the numbers of the one that came in. */
  readonly ground: GroundProtocol;
  readonly initial: SystemState;
  readonly #layout: Layout;
  readonly #successors: (...words: number[]) => readonly Successor[];
  readonly #slots: ReadonlyMap<string, number>;

  constructor(ground: GroundProtocol, preparation: Preparation) {
    this.ground = prepare(ground, preparation).ground;
    this.#layout = layoutOf(this.ground);
    this.#successors = compileSuccessors(this.ground, this.#layout);
    this.#slots = new Map(this.ground.slots.map((slot, i) => [slot.name, i]));
    this.initial = pack(this.#layout, this.ground.initial);
  }

  /**
   * The steps that are enabled in a state and where they lead, in canonical order. A step that a machine has no answer to
   * leads nowhere: `check` reports it as `impossible`.
   *
   * @throws ProtocolFault when the protocol is wrong there.
   */
  successors(state: SystemState): readonly Successor[] {
    try {
      return this.#successors(...state);
    } catch (error) {
      if (error !== faulty) throw error;
      for (const { step } of canonicalSteps(this.ground)) attempt(this.ground, step, this.codes(state));
      throw new Error('the compiled system found a fault that the interpreter does not see', { cause: error });
    }
  }

  #step(number: number): GroundStep {
    const step = this.ground.steps[number];
    if (step === undefined) throw new Error(`${this.ground.name} has no ground step ${number}`);
    return step;
  }

  /** True when nobody has to take the step. */
  voluntary(step: number): boolean {
    return this.#step(step).voluntary;
  }

  /** The events of a step, taken in the state given. */
  events(state: SystemState, step: number): readonly Occurrence[] {
    const codes = this.codes(state);
    return this.#step(step)
      .events.filter((event) => evaluate(event.when, codes) === 1)
      .map(({ name, payload }) => ({
        name,
        payload: Object.fromEntries(
          Object.entries(payload).map(([key, p]) => [key, p.of.values[evaluate(p.value, codes)] as Value]),
        ),
      }));
  }

  /** The value of one slot, by name: `pte[0]`, `cpu1.at`. */
  value(state: SystemState, slotName: string): Value {
    const slot = this.#slots.get(slotName);
    if (slot === undefined) throw new Error(`${this.ground.name} has no slot ${slotName}`);
    const { word, shift, bits } = this.#layout.places[slot] as Layout['places'][number];
    const code = bits === 0 ? 0 : ((state[word] as number) >>> shift) & (0xffff_ffff >>> (32 - bits));
    return (this.ground.slots[slot] as Slot).variable.domain.values[code] as Value;
  }

  /** The code of every slot. */
  codes(state: SystemState): readonly number[] {
    return unpack(this.#layout, state);
  }

  /** The state with these codes. */
  stateOf(codes: readonly number[]): SystemState {
    return pack(this.#layout, codes);
  }

  /** A string that equal states, and only they, share. */
  key(state: SystemState): string {
    let key = '';
    for (const word of state) key += String.fromCharCode(word & 0xffff, word >>> 16);
    return key;
  }
}

/** Compiles a protocol for being walked state by state; by default without ghosts, and with every other slot. */
export function createSystem(ground: GroundProtocol, options: SystemOptions = {}): System {
  return new System(ground, {
    properties: options.keep ?? [],
    slice: false,
    events: true,
    resets: options.resets ?? false,
    observed: options.observed ?? [],
  });
}
