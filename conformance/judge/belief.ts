import type { Operation } from '../sequence.ts';
import type { Role } from './roles.ts';
import type { PageStep } from './seen.ts';

/** How much the judge had to consider, over all sequences so far. */
export interface JudgeCounts {
  /** The most states that explained what was seen of one page. */
  readonly largestBelief: number;
  /** Steps of one page that were judged, and how many observations the model allowed at them in all. */
  readonly pageSteps: number;
  readonly allowed: number;
}

/** The states of one page that explain what was seen, and what they lead to; each set once. */
export interface Belief {
  readonly states: readonly number[];
  readonly next: Map<string, Belief | 'refuted'>;
  readonly allowed: Map<string, number>;
  /** How often each operation was done to the page here. */
  readonly done: Map<string, number>;
}

/** An operation as one page meets it, and what it may have done there. */
export interface Met {
  readonly operation: Operation;
  readonly page: number;
  readonly roles: readonly Role[];
  /** Whether a thread may read another page meanwhile, which may map this one too. */
  readonly crowd: boolean;
}

/** One step of one page: what explained the page before it, and what does after it. */
export interface Walked {
  readonly before: Belief;
  readonly step: number;
  readonly after: Belief | 'refuted';
  readonly shown: PageStep;
  readonly met: Met;
}

/** The roles that a page may have had in a step. */
export type RolesAt = (step: number, page: number) => readonly Role[];
