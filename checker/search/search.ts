import {
  compileSearch,
  faulty,
  type CompiledSearch,
  type SearchFlags,
  type SearchProgram,
} from '../compile/search-program.ts';
import { pack, unpack } from '../compile/layout.ts';
import type { GroundClaim, GroundProtocol } from '../language/index.ts';
import { attempt, canonicalSteps, isTrueIn } from '../oracle/interpreter.ts';
import type { Limits, Progress, StoppedBy } from './limits.ts';
import { SearchMemory } from './memory.ts';

/** The first violation of one property. */
export interface Violation {
  readonly claim: GroundClaim;
  /** Ground step numbers from the initial state; the last one violates a claim on steps, or leads to the state. */
  readonly steps: readonly number[];
  /** Whether every shorter run has been judged. */
  readonly isShortest: boolean;
}

interface Found {
  readonly claim: GroundClaim;
  readonly state: number;
  readonly step?: number;
  readonly depth: number;
}

const sliceStates = 8192;

/**
 * Breadth-first search over whole packed states. The generated `run` is the loop; this class keeps room for it, counts
 * the layers, and notes what it finds.
 */
export class Search {
  readonly #ground: GroundProtocol;
  readonly #compiled: CompiledSearch;
  readonly #program: SearchProgram;
  readonly #memory: SearchMemory;
  readonly #limits: Limits;
  readonly #found = new Map<string, Found>();
  readonly #started = performance.now();
  #layerEnd = 1;
  #depth = 0;
  #isComplete = false;
  #stoppedBy: StoppedBy | undefined;
  #last = { seconds: 0, states: 0 };

  constructor(
    ground: GroundProtocol,
    limits: Limits = {},
    compile: (of: GroundProtocol) => CompiledSearch = compileSearch,
  ) {
    this.#ground = ground;
    this.#limits = limits;
    this.#compiled = compile(ground);
    this.#program = this.#compiled.start({
      stateClaim: (claim) => this.#stateClaim(claim),
      stepClaim: (step, claim) => this.#stepClaim(step, claim),
    });
    const { words } = this.#compiled.layout;
    this.#memory = new SearchMemory(this.#program, words, ground.steps.length, limits.maxMemory ?? Infinity);
    this.#program.add(...pack(this.#compiled.layout, ground.initial));
  }

  get #flags(): SearchFlags {
    return this.#compiled.flags;
  }

  #stateClaim(number: number): void {
    const claim = this.#ground.stateClaims[number] as GroundClaim;
    const property = this.#ground.properties.indexOf(claim.property);
    this.#flags.judgeStates[property] = 0;
    this.#flags.judgeSteps[property] = 0;
    // A claim on a step of this same layer, found before, ends a run that is one step longer: this one replaces it.
    this.#found.set(claim.property, { claim, state: this.#program.head(), depth: this.#depth });
  }

  #stepClaim(step: number, number: number): void {
    const claim = this.#ground.steps[step]?.claims[number] as GroundClaim;
    this.#flags.judgeSteps[this.#ground.properties.indexOf(claim.property)] = 0;
    this.#found.set(claim.property, { claim, state: this.#program.head(), step, depth: this.#depth + 1 });
  }

  /** Runs until the search ends, or until about `seconds` have passed; true when it has ended. */
  advance(seconds = Infinity): boolean {
    const until = this.seconds + seconds;
    const { maxStates = Infinity, maxSeconds = Infinity, signal } = this.#limits;
    while (!this.#isComplete && this.#stoppedBy === undefined && this.seconds < until) {
      const program = this.#program;
      const room = this.#memory.capacity - this.#ground.steps.length;
      const end = Math.min(this.#layerEnd, program.head() + sliceStates);
      this.#run(end, Math.min(room, maxStates + 1));
      if (program.head() === this.#layerEnd) this.#endLayer();
      else if (program.count() > maxStates) this.#stoppedBy = 'states';
      else if (program.count() >= room && !this.#memory.grow()) this.#stoppedBy = 'memory';
      if (this.#isComplete) break;
      if (signal?.aborted) this.#stoppedBy ??= 'signal';
      else if (this.seconds > maxSeconds) this.#stoppedBy ??= 'seconds';
    }
    if (this.#program.returned()) this.#witnessInitial();
    return this.#isComplete || this.#stoppedBy !== undefined;
  }

  /** A step has led back to the initial state: now it counts for the witnesses too. */
  #witnessInitial(): void {
    this.#ground.stateWitnesses.forEach((witness, i) => {
      if (isTrueIn(this.#ground, witness, this.#ground.initial)) this.#flags.awaited[i] = 0;
    });
  }

  #endLayer(): void {
    for (const property of this.#found.keys()) this.#flags.judgeStates[this.#ground.properties.indexOf(property)] = 0;
    if (this.#program.count() === this.#layerEnd) this.#isComplete = true;
    else {
      this.#layerEnd = this.#program.count();
      this.#depth++;
    }
  }

  #run(until: number, room: number): void {
    try {
      this.#program.run(until, room);
    } catch (error) {
      if (error !== faulty) throw error;
      const state = this.#codes(this.#program.head());
      // The naive interpreter finds the step or claim at fault, and says so with its values.
      for (const { step } of canonicalSteps(this.#ground)) attempt(this.#ground, step, state);
      for (const c of [...this.#ground.stateClaims, ...this.#ground.stateWitnesses]) isTrueIn(this.#ground, c, state);
      throw new Error('the compiled search found a fault that the interpreter does not see', { cause: error });
    }
  }

  #codes(id: number): number[] {
    const { layout } = this.#compiled;
    return unpack(layout, this.#memory.store.states, id * layout.words);
  }

  /** The states on the way from the initial state to `id`: births are in order, so parents are found by counting. */
  #path(id: number): number[] {
    const { born } = this.#memory.store;
    const path = [id];
    let parent = this.#program.head();
    // The first state born from `parent`; the state being expanded has born all that are left.
    let first = 1;
    for (let i = 0; i < parent; i++) first += born[i] as number;
    for (let child = id; child > 0; child = parent) {
      while (first > child) first -= born[--parent] as number;
      path.unshift(parent);
    }
    return path;
  }

  #stepBetween(from: readonly number[], to: number): number {
    const target = this.#codes(to);
    for (const { number, step } of canonicalSteps(this.#ground)) {
      const result = attempt(this.#ground, step, from);
      if (result.kind === 'taken' && result.next.every((code, slot) => code === target[slot])) return number;
    }
    throw new Error(`no step leads to state ${to}: the compiled search and the interpreter differ`);
  }

  /** The violations found, one for each violated property. */
  violations(): ReadonlyMap<string, Violation> {
    return new Map(
      [...this.#found].map(([property, { claim, state, step, depth }]) => {
        const path = this.#path(state);
        const steps = path.slice(1).map((id, i) => this.#stepBetween(this.#codes(path[i] as number), id));
        if (step !== undefined) steps.push(step);
        const isSettled = this.#isComplete || depth <= this.#depth;
        return [property, { claim, steps, isShortest: isSettled }];
      }),
    );
  }

  /** How far the search has come. */
  progress(): Progress {
    const states = this.#program.count();
    const { seconds } = this;
    const rate = (states - this.#last.states) / Math.max(seconds - this.#last.seconds, 1e-6);
    this.#last = { seconds, states };
    return {
      states,
      transitions: this.#flags.fired.reduce((sum, n) => sum + n, 0),
      rate,
      frontier: states - this.#program.head(),
      depth: this.#depth,
      memory: this.#memory.bytesFor(states),
      seconds,
    };
  }

  /** Seconds since the search was made. */
  get seconds(): number {
    return (performance.now() - this.#started) / 1000;
  }

  /** Why the search gave up, if it did. */
  get stoppedBy(): StoppedBy | undefined {
    return this.#stoppedBy;
  }

  /** How often each ground step was taken. */
  get fired(): Float64Array {
    return this.#flags.fired;
  }

  /** The flags and tables for coverage. */
  get compiled(): CompiledSearch {
    return this.#compiled;
  }
}
