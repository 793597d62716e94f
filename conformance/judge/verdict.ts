import type { Observation } from '../../model/sequential/outcome.ts';

/** At most this share of the sequences of a run may need an environment step that nobody asked for. */
export const explainedShareMax = 0.005;

/** Something that could have been seen instead, and the rules that would have led to it. */
export interface Allowed {
  readonly observation: Observation;
  readonly because: readonly string[];
}

/** Some state of the model explains everything that was seen, and nothing happened that nobody asked for. */
export interface Agrees {
  readonly verdict: 'agrees';
}

/** Everything is explained, if the environment did these things unasked. */
export interface Explained {
  readonly verdict: 'explained';
  /** The rules of the steps that nobody asked for, page by page. */
  readonly by: readonly string[];
}

/** No state of the model explains what was seen. */
export interface Disagrees {
  readonly verdict: 'disagrees';
  readonly page: number;
  /** The operations before this one are explained. */
  readonly step: number;
  readonly operation: string;
  /** What was seen, in the words of the model. */
  readonly seen: string;
  readonly allowed: readonly Allowed[];
}

/** Nothing is known. */
export interface Incomplete {
  readonly verdict: 'incomplete';
  readonly because: string;
}

/** What the judge says of one sequence. */
export type Judgement = Agrees | Explained | Disagrees | Incomplete;
