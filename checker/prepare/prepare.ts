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
  /** Keep the events of the steps, and whatever they tell; `false` when left out: the properties have heard them already. */
  readonly events?: boolean;
  /** The names of slots that somebody outside looks at: they are neither dropped nor forgotten. */
  readonly observed?: readonly string[];
}

/** A protocol made smaller without changing any verdict. Its steps keep their numbers. */
export interface Prepared {
  readonly ground: GroundProtocol;
  /** For each slot that is left, its number in the protocol that came in. */
  readonly kept: readonly number[];
}

/** The slots of the names given. */
function slotsNamed(ground: GroundProtocol, names: readonly string[]): ReadonlySet<number> {
  return new Set(
    names.map((name) => {
      const slot = ground.slots.findIndex((s) => s.name === name);
      if (slot < 0) throw new Error(`${ground.name} has no slot ${name}`);
      return slot;
    }),
  );
}

/**
 * Selects properties, drops what nobody reads, forgets dead locals. A sum that leaves its range goes unnoticed where only
 * dropped slots would have seen it.
 */
export function prepare(ground: GroundProtocol, options: Preparation = {}): Prepared {
  const chosen = selectProperties(ground, options.properties ?? ground.properties);
  const selected = options.events ? chosen : { ...chosen, steps: chosen.steps.map((s) => ({ ...s, events: [] })) };
  const observed = slotsNamed(ground, options.observed ?? []);
  const read = slotsRead(selected, observed);
  const foreign = foreignGhosts(selected);
  const { kept, ground: smaller } = dropSlots(selected, (slot) =>
    options.slice === false ? foreign.has(slot) && !observed.has(slot) : !read.has(slot),
  );
  if (options.resets === false) return { kept, ground: smaller };
  return { kept, ground: resetDeadLocals(smaller, slotsNamed(smaller, options.observed ?? [])) };
}
