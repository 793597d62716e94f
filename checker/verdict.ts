import type { Progress, StoppedBy } from './search/limits.ts';

/** How large the scenario is: the size of each index set, or whatever the caller says. */
export type Bounds = Readonly<Record<string, number | string>>;

/** One step of a trace, as plain data. */
export interface TraceStep {
  readonly rule: string;
  readonly actor: string;
  /** The values that the step's own parameters took. */
  readonly chosen: Readonly<Record<string, string | number | boolean>>;
  /** Whether a `try` took its lock. */
  readonly outcome: 'plain' | 'taken' | 'busy';
  /** The number of the ground step. */
  readonly stepNumber: number;
}

/** A run from the initial state, as plain data. */
export interface Trace {
  readonly steps: readonly TraceStep[];
  /** What `replay` takes: short, and safe in a URL. */
  readonly token: string;
}

/** The search ended, nothing reachable within the bounds violates the property, and all its witnesses were reached. */
export interface Holds {
  readonly verdict: 'holds';
  readonly property: string;
  readonly bounds: Bounds;
  readonly method: 'full';
  readonly states: number;
  readonly depth: number;
}

/** Some run violates the property; it replays. */
export interface Violated {
  readonly verdict: 'violated';
  readonly property: string;
  /** What is violated, in a sentence. */
  readonly claim: string;
  readonly trace: Trace;
  /** The length of the trace. */
  readonly steps: number;
  /** `not-proved`: the search stopped in the middle of a layer, before it had judged every shorter run. */
  readonly shortest: 'proved' | 'among-transactions' | 'not-proved';
}

/** Nothing violates the property, but what it is about did not all happen: never a pass. */
export interface Vacuous {
  readonly verdict: 'vacuous';
  readonly property: string;
  /** The witnesses that were not reached. */
  readonly missing: readonly string[];
  /** The rules that never fired and are not declared off. */
  readonly neverFired: readonly string[];
  readonly states: number;
  readonly depth: number;
}

/** The search did not end: nothing is known beyond how far it got. */
export interface Incomplete {
  readonly verdict: 'incomplete';
  readonly property: string;
  readonly stoppedBy: StoppedBy;
  readonly reached: Pick<Progress, 'states' | 'transitions' | 'depth' | 'frontier' | 'seconds'>;
}

/** The four answers for one property. */
export type Verdict = Holds | Violated | Vacuous | Incomplete;

/** Where a search went, beside the states. Plain data: it crosses threads. */
export interface Seen {
  /** How often each ground step was taken, in the order of the protocol. */
  readonly taken: readonly number[];
  /** The entries of machine tables that were stored, as their places in the table's codes, by the table's name. */
  readonly stored: Readonly<Record<string, readonly number[]>>;
}

/** The answer for each property asked, and what the search did to get it. Plain data: it crosses threads. */
export interface CheckResult {
  readonly scenario: string;
  readonly states: number;
  readonly transitions: number;
  /** The number of steps to the states furthest from the initial one. */
  readonly depth: number;
  readonly seconds: number;
  readonly bytesPerState: number;
  /** Bits of a packed state, and words that they take. */
  readonly bits: number;
  readonly words: number;
  readonly complete: boolean;
  readonly stoppedBy?: StoppedBy;
  readonly results: readonly Verdict[];
  /** How often each rule fired, over all its ground steps. */
  readonly rules: Readonly<Record<string, number>>;
  /** Rules that never fired and are not declared off. */
  readonly neverFired: readonly string[];
  /** Rules that fired although the scenario says that it gives them no occasion. */
  readonly unexpected: readonly string[];
  /** Rules behind the table entries that a taken step stored. */
  readonly tableRules: readonly string[];
  /** Where the search went: what another protocol may differ in without reaching anything else. */
  readonly seen: Seen;
}
