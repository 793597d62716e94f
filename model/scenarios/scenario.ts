import type { Decisions, Design, PropertyId } from '../../spec/index.ts';
import type { WorldOptions } from '../options.ts';

/** The size of a run. */
export interface Size {
  readonly pages: number;
  readonly cpus: number;
  /** Every processor reads and writes: about four times as many states. Left out: one reads or writes each. */
  readonly full?: boolean;
}

/** One world of a scenario. */
export interface Variant {
  /** Shown after the scenario's name: `rwp sync`, `naive`. */
  readonly name: string;
  readonly options: Omit<WorldOptions, 'name' | 'design' | 'changes'>;
  /** The properties that can be judged here. */
  readonly properties: readonly PropertyId[];
  /** Decisions that the variant takes otherwise than the design, where the debate left them open. */
  readonly decisions?: Partial<Decisions>;
  /** Set where the design refuses the scenario's registration: the refusal itself is what is checked. */
  readonly refused?: readonly PropertyId[];
}

/** A question about a design: who races with whom. */
export interface Scenario {
  readonly name: ScenarioName;
  /** One sentence: what may go wrong here. */
  readonly says: string;
  /** Whether the user program is the most general one or a script. */
  readonly program: 'most general' | 'script';
  /** The size that `review` uses. */
  readonly size: Size;
  /** Whether `review` runs it; all are run by `check`. */
  readonly reviewed: boolean;
  /** The worlds that it is run in, or why the design cannot take part. */
  readonly variants: (design: Design, size: Size) => readonly Variant[] | string;
}

/** The names of the scenarios. */
export const scenarioNames = [
  'reclaim-vs-fault',
  'mprotect-vs-rwp',
  'mprotect-vs-wp',
  'wp-plus-rwp',
  'migrate-vs-fault',
  'numa-vs-rwp',
  'set-mode-vs-fault',
  'evict-loop',
  'unregister-vs-fault',
  'discard-vs-fault',
  'swapoff-vs-fault',
  'everything',
] as const;
/** The name of a scenario. */
export type ScenarioName = (typeof scenarioNames)[number];
