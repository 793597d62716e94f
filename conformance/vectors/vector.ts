import type { Observation } from '../../model/sequential/outcome.ts';
import type { SessionKind } from '../../model/sequential/session.ts';

/** The version of the published schema of vectors. */
export const vectorVersion = 1;

/** What may be seen after an operation, why, and where that leads. */
export interface AllowedStep {
  readonly seen: Observation;
  /** The rules that were taken, or the reason why nothing happened. */
  readonly because: readonly string[];
  /** The number of the automaton's state after it. */
  readonly next: number;
}

/** An event that a vector forces, and that must be observed. */
export type NeededEvent = 'swapped out' | 'swapped in' | 'moved';

/** True when an alternative shows the event. */
export function isEvent(event: NeededEvent, { seen, because }: AllowedStep): boolean {
  if (event === 'moved') return seen.moved === true;
  const by = event === 'swapped in' ? 'unuse_pte/store' : 'try_to_unmap_one/';
  return because.some((rule) => rule.startsWith(by));
}

/** One operation of a vector, and what may be seen after it from each state of its automaton. */
export interface VectorStep {
  /** As the runner reads it. */
  readonly operation: string;
  /** Allowed observations by the state that the automaton is in. */
  readonly states: readonly (readonly AllowedStep[])[];
  /** The event that must be observed here for the vector to count: else it is tried again, and then skipped. */
  readonly needs?: NeededEvent;
}

/** What a kernel or a machine must have. */
export interface Gates {
  /** UFFD features, as the runner spells them. */
  readonly features: readonly string[];
  /** The first release that can pass. */
  readonly version: string;
  readonly config: readonly string[];
  readonly swap: boolean;
  /** Two NUMA nodes. */
  readonly numa: boolean;
  /** Huge pages of 2 MB. */
  readonly hugePages: boolean;
}

/** A sequence of operations on one page, and after each one the set of what the model allows. */
export interface Vector {
  readonly schemaVersion: typeof vectorVersion;
  /** `kind/form/operation`, with `@surroundings` after a form that the usual ones do not have. Never used for anything else. */
  readonly id: string;
  readonly design: string;
  readonly kind: SessionKind;
  /** The form of the entry before the operation that the vector is about. */
  readonly form: string;
  /** How the surroundings of the entry differ from the usual ones; empty: they do not. */
  readonly surroundings: string;
  /** The operation that the vector is about. */
  readonly about: string;
  /** Its place among the steps. */
  readonly aboutStep: number;
  /** What it leaves changed: nothing, something in its own process, or something of the machine. */
  readonly sideEffects: 'none' | 'process' | 'system';
  /** No environment step may be assumed to explain what is seen. */
  readonly environment: 'none';
  readonly gates: Gates;
  readonly steps: readonly VectorStep[];
}

/** Vectors, as a file holds them. */
export interface VectorFile {
  readonly schemaVersion: typeof vectorVersion;
  readonly vectors: readonly Vector[];
  /** Pairs that have no vector, because their form exists only while a call or a fault is in progress. */
  readonly inside?: readonly PairsInside[];
}

/** Forms of the entry that no sequence can start from, and the operations that they would have been paired with. */
export interface PairsInside {
  readonly kind: SessionKind;
  readonly forms: readonly string[];
  readonly operations: readonly string[];
}
