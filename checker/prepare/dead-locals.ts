import {
  eachSlot,
  type GroundExpression,
  type GroundProtocol,
  type GroundStep,
  type GroundStore,
} from '../language/index.ts';
import { expressionsOf } from './select.ts';

type Points = readonly (readonly number[])[];

/** The locals of each process that only steps of the same actor read: the others are nobody's to forget. */
function ownLocals(ground: GroundProtocol, always: ReadonlySet<number>): ReadonlyMap<number, string> {
  const owners = new Map<number, string>();
  const shared = new Set<number>(always);
  for (const claim of [...ground.stateClaims, ...ground.stateWitnesses]) eachSlot(claim.of, (slot) => shared.add(slot));
  for (const step of ground.steps) {
    const read = (slot: number): void => {
      if (ground.slots[slot]?.variable.role !== 'local') return;
      const owner = owners.get(slot) ?? step.actor;
      owners.set(slot, owner);
      if (owner !== step.actor || ground.slots[slot]?.variable.process !== processOf(ground, step)) shared.add(slot);
    };
    expressionsOf(step).forEach((e) => eachSlot(e, read));
  }
  return new Map([...owners].filter(([slot]) => !shared.has(slot)));
}

function processOf(ground: GroundProtocol, step: GroundStep): string | undefined {
  return ground.actors.find((actor) => actor.name === step.actor)?.process;
}

/** For each point of one actor, which of its locals some later step may read before it is written. */
function liveAt(steps: readonly GroundStep[], locals: ReadonlySet<number>, points: number): Points {
  const live = Array.from({ length: points }, () => new Set<number>());
  const uses = steps.map((step) => {
    const reads = new Set<number>();
    expressionsOf(step).forEach((e) => eachSlot(e, (slot) => void (locals.has(slot) && reads.add(slot))));
    return { step, reads, writes: new Set(step.stores.map((s) => s.slot)) };
  });
  for (let changed = true; changed;) {
    changed = false;
    for (const { step, reads, writes } of uses) {
      for (const point of step.from) {
        const here = live[point] as Set<number>;
        const before = here.size;
        reads.forEach((slot) => here.add(slot));
        live[step.to ?? point]?.forEach((slot) => void (writes.has(slot) || here.add(slot)));
        changed ||= here.size > before;
      }
    }
  }
  return live.map((slots) => [...slots]);
}

/** The stores of a step with every local forgotten that is dead where the step goes. */
function resetStores(
  ground: GroundProtocol,
  step: GroundStep,
  locals: readonly number[],
  live: Points,
): readonly GroundStore[] {
  const stores = new Map<number, GroundExpression>(step.stores.map((s) => [s.slot, s.value]));
  for (const slot of locals) {
    const initial: GroundExpression = { kind: 'constant', code: ground.initial[slot] as number };
    const deadFrom = step.from.filter((point) => !live[step.to ?? point]?.includes(slot));
    if (deadFrom.length === 0) continue;
    // A step that stays finds the local forgotten already: only its own store to it must go.
    if (step.to === undefined && !stores.has(slot)) continue;
    if (deadFrom.length === step.from.length) stores.set(slot, initial);
    else {
      const here: GroundExpression[] = deadFrom.map((code) => ({
        kind: 'equal',
        left: { kind: 'slot', slot: step.pc },
        right: { kind: 'constant', code },
      }));
      const otherwise = stores.get(slot) ?? { kind: 'slot' as const, slot };
      stores.set(slot, { kind: 'if', when: { kind: 'or', of: here }, then: initial, otherwise });
    }
  }
  return [...stores].map(([slot, value]) => ({ slot, value }));
}

/**
 * Sets a local back to its initial code wherever no later step of its process can read it: states that differ only in
 * forgotten values become one. Locals that another actor, a claim on states or `always` reads are left alone.
 */
export function resetDeadLocals(ground: GroundProtocol, always: ReadonlySet<number> = new Set()): GroundProtocol {
  const owners = ownLocals(ground, always);
  const change = new Map<string, (step: GroundStep) => GroundStep>();
  for (const actor of ground.actors) {
    const locals = [...owners].flatMap(([slot, owner]) => (owner === actor.name ? [slot] : []));
    const steps = ground.steps.filter((step) => step.actor === actor.name);
    const live = liveAt(steps, new Set(locals), actor.points.length);
    change.set(actor.name, (step) => ({ ...step, stores: resetStores(ground, step, locals, live) }));
  }
  return { ...ground, steps: ground.steps.map((step) => change.get(step.actor)?.(step) ?? step) };
}
