import type { RulesChanged } from '../../model/sequential/world.ts';

/** How a judge is to judge. */
export interface JudgeOptions {
  /** Environment steps that nobody asked for: tried one by one, and no more than so many; 2 when left out. */
  readonly spontaneousMax?: number;
  /** More states than this that explain one page, and the sequence is incomplete; 4096 when left out. */
  readonly beliefMax?: number;
  /** The rules that a mutant of the design has changed. */
  readonly rules?: RulesChanged;
}
