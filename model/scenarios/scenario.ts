import type { Design, PropertyId } from '../../spec/index.ts';
import type { WorldOptions } from '../options.ts';

/** The size of a run. */
export interface Size {
  readonly pages: number;
  readonly cpus: number;
}

/** What a scenario looks like for one design. */
export interface Variant {
  /** Shown after the scenario's name where there is more than one: `async`, `wp`, `naive`. */
  readonly name: string;
  readonly options: Omit<WorldOptions, 'name' | 'design' | 'changes'>;
}

/** A question about a design: who races with whom. */
export interface Scenario {
  readonly name: ScenarioName;
  /** One sentence: what may go wrong here. */
  readonly says: string;
  /** Whether the user program is the most general one or a script. */
  readonly program: 'most general' | 'script';
  /** The properties that can be judged here. */
  readonly properties: readonly PropertyId[];
  readonly size: Size;
  /** The worlds that it is run in, or why the design cannot take part. */
  readonly variants: (design: Design, size: Size) => readonly Variant[] | string;
}

/** The names of the scenarios. */
export const scenarioNames = [
  'reclaim-vs-fault',
  'mprotect-vs-rwp',
  'wp-plus-rwp',
  'migrate-vs-fault',
  'numa-vs-rwp',
  'set-mode-vs-fault',
  'evict-loop',
  'everything',
] as const;
/** The name of a scenario. */
export type ScenarioName = (typeof scenarioNames)[number];
