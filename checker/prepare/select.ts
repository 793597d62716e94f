import {
  eachSlot,
  mapGround,
  type GroundClaim,
  type GroundExpression,
  type GroundProtocol,
  type GroundStep,
} from '../language/index.ts';

/** Every expression of a step that decides what it does, is judged by or is told; not its stores. */
function judged(step: GroundStep): GroundExpression[] {
  const payloads = step.events.flatMap((e) => [e.when, ...Object.values(e.payload).map((p) => p.value)]);
  return [step.guard, ...[...step.asserts, ...step.claims, ...step.witnesses].map((c) => c.of), ...payloads];
}

/** Every expression of a step. */
export function expressionsOf(step: GroundStep): GroundExpression[] {
  return [...judged(step), ...step.stores.map((s) => s.value)];
}

/**
 * Keeps the claims and witnesses of some properties; `impossible` is always kept.
 *
 * @throws Error when a property is unknown.
 */
export function selectProperties(ground: GroundProtocol, properties: readonly string[]): GroundProtocol {
  const unknown = properties.filter((p) => !ground.properties.includes(p));
  if (unknown.length > 0) {
    throw new Error(`${ground.name} has no property ${unknown.join(', ')}; it has ${ground.properties.join(', ')}`);
  }
  const isKept = (c: GroundClaim): boolean => c.property === 'impossible' || properties.includes(c.property);
  return {
    ...ground,
    steps: ground.steps.map((step) => ({
      ...step,
      claims: step.claims.filter(isKept),
      witnesses: step.witnesses.filter(isKept),
    })),
    stateClaims: ground.stateClaims.filter(isKept),
    stateWitnesses: ground.stateWitnesses.filter(isKept),
    witnesses: ground.witnesses.filter(({ property }) => properties.includes(property)),
    properties: ground.properties.filter((p) => p === 'impossible' || properties.includes(p)),
  };
}

/** The slots that something reads: guards, claims and, again and again, the stores to slots that are read. */
export function slotsRead(ground: GroundProtocol, always: ReadonlySet<number> = new Set()): ReadonlySet<number> {
  const read = new Set(always);
  const add = (e: GroundExpression): void => eachSlot(e, (slot) => read.add(slot));
  for (const step of ground.steps) {
    read.add(step.pc);
    judged(step).forEach(add);
  }
  [...ground.stateClaims, ...ground.stateWitnesses].forEach((c) => add(c.of));
  const stores = ground.steps.flatMap((step) => step.stores);
  for (let before = -1; before < read.size;) {
    before = read.size;
    for (const { slot, value } of stores) if (read.has(slot)) add(value);
  }
  return read;
}

/** The ghosts that no kept property owns and nothing kept reads. */
export function foreignGhosts(ground: GroundProtocol): ReadonlySet<number> {
  const read = slotsRead(ground);
  const isForeign = (slot: number): boolean => {
    const { name, role } = (ground.slots[slot] as GroundProtocol['slots'][number]).variable;
    return role === 'ghost' && !read.has(slot) && !ground.properties.some((p) => name.startsWith(`${p}.`));
  };
  return new Set([...ground.slots.keys()].filter(isForeign));
}

/** Drops slots, the stores to them, and renumbers the others. Nothing that stays may read a dropped slot. */
export function dropSlots(ground: GroundProtocol, isDropped: (slot: number) => boolean): Renumbered {
  const kept = [...ground.slots.keys()].filter((slot) => !isDropped(slot));
  const to = new Map(kept.map((slot, i) => [slot, i]));
  const at = (slot: number): number => {
    const i = to.get(slot);
    if (i === undefined) throw new Error(`${ground.slots[slot]?.name} is dropped but still read`);
    return i;
  };
  const change = (e: GroundExpression): GroundExpression =>
    e.kind === 'slot' ? { kind: 'slot', slot: at(e.slot) } : mapGround(e, change);
  const within = <C extends { readonly of: GroundExpression }>(c: C): C => ({ ...c, of: change(c.of) });
  const steps = ground.steps.map((step) => ({
    ...step,
    pc: at(step.pc),
    guard: change(step.guard),
    asserts: step.asserts.map(within),
    stores: step.stores.filter((s) => to.has(s.slot)).map((s) => ({ slot: at(s.slot), value: change(s.value) })),
    events: step.events.map((e) => ({
      ...e,
      when: change(e.when),
      payload: Object.fromEntries(Object.entries(e.payload).map(([k, p]) => [k, { ...p, value: change(p.value) }])),
    })),
    claims: step.claims.map(within),
    witnesses: step.witnesses.map(within),
  }));
  return {
    kept,
    ground: {
      ...ground,
      slots: kept.map((slot) => ground.slots[slot] as GroundProtocol['slots'][number]),
      initial: kept.map((slot) => ground.initial[slot] as number),
      actors: ground.actors.flatMap((actor) => (to.has(actor.pc) ? [{ ...actor, pc: at(actor.pc) }] : [])),
      steps,
      stateClaims: ground.stateClaims.map(within),
      stateWitnesses: ground.stateWitnesses.map(within),
    },
  };
}

/** A protocol without some slots. */
export interface Renumbered {
  readonly ground: GroundProtocol;
  /** For each slot that is left, its number before. */
  readonly kept: readonly number[];
}
