/** When a search gives up. */
export interface Limits {
  /** Stop once more than so many states are stored. */
  readonly maxStates?: number;
  /** Stop before the states and their index need more bytes. */
  readonly maxMemory?: number;
  readonly maxSeconds?: number;
  /** Stop when this is aborted: an `AbortSignal`, or a getter over memory shared with another thread. */
  readonly signal?: { readonly aborted: boolean };
}

/** Why a search gave up. */
export type StoppedBy = 'states' | 'memory' | 'seconds' | 'signal';

/** How far a search has come. */
export interface Progress {
  readonly states: number;
  readonly transitions: number;
  /** States found per second since the last report. */
  readonly rate: number;
  /** States found and not expanded yet. */
  readonly frontier: number;
  /** The number of steps from the initial state to those being expanded. */
  readonly depth: number;
  /** Bytes of states and index. */
  readonly memory: number;
  readonly seconds: number;
}
