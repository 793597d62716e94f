import type { GroundProtocol } from '../language/index.ts';
import { resetDeadLocals } from './dead-locals.ts';
import { dropSlots, foreignGhosts, selectProperties, slotsRead } from './select.ts';

/** What is left out of a run, and what is not. */
export interface Preparation {
  /** The properties that are judged; all when left out. */
  readonly properties?: readonly string[];
  /** Drop every slot that nothing reads; `true` when left out. */
  readonly slice?: boolean;
  /** Forget locals that nothing will read; `true` when left out. */
  readonly resets?: boolean;
}

/** A protocol made smaller without changing any verdict. Its steps keep their numbers. */
export interface Prepared {
  readonly ground: GroundProtocol;
  /** For each slot that is left, its number in the protocol that came in. */
  readonly kept: readonly number[];
}

/** Selects properties, drops what nobody reads, forgets dead locals. */
export function prepare(ground: GroundProtocol, options: Preparation = {}): Prepared {
  const selected = selectProperties(ground, options.properties ?? ground.properties);
  const read = slotsRead(selected);
  const foreign = foreignGhosts(selected);
  const { kept, ground: smaller } = dropSlots(selected, (slot) =>
    options.slice === false ? foreign.has(slot) : !read.has(slot),
  );
  return { kept, ground: options.resets === false ? smaller : resetDeadLocals(smaller) };
}
