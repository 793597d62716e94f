import type { Decisions } from '../decisions/index.ts';

/** What a design offers at all; an operation that it lacks is not in its scenarios. */
export interface Features {
  readonly wp: boolean;
  readonly rwp: boolean;
  /** The async mode of the protection that the design is about. */
  readonly wpAsync: boolean;
  readonly rwpAsync: boolean;
  readonly setMode: boolean;
  readonly move: boolean;
  readonly scan: boolean;
}

/** A design of the debate, or a kernel: a record of decisions. */
export interface Design {
  readonly name: DesignName;
  /** One sentence: what it is. */
  readonly says: string;
  /** Where it is known from. */
  readonly source: string;
  readonly features: Features;
  readonly decisions: Decisions;
}

/** The names of the designs, in the order of the debate. */
export const designNames = ['uffd-wp', 'rfc-v1', 'rfc-v2', 'rfc-v3', 'linux-7.3', 'linux-6.18'] as const;
/** The name of a design. */
export type DesignName = (typeof designNames)[number];
