import { checkGhostStore, type Monitor } from './monitor.ts';
import {
  eachCell,
  forbidden,
  ground as reduce,
  type Binding,
  type Expression,
  type Parameter,
  type Table,
} from './expression.ts';
import {
  mapGround,
  type GroundClaim,
  type GroundExpression,
  type GroundStep,
  type GroundStore,
  type Slot,
} from './ground.ts';
import type { Grounder } from './grounder.ts';
import type { ProcessDeclaration } from './process.ts';
import type { Emission, LockReference, Step } from './step.ts';
import type { Assignment } from './term.ts';

function substitute(e: GroundExpression, by: ReadonlyMap<number, GroundExpression>): GroundExpression {
  return e.kind === 'slot' ? (by.get(e.slot) ?? e) : mapGround(e, (part) => substitute(part, by));
}

const truth: GroundExpression = { kind: 'constant', code: 1 };

/** All of `of`, left to right. */
function all(of: readonly GroundExpression[]): GroundExpression {
  const parts = of.filter((p) => p.kind !== 'constant' || p.code === 0);
  return parts.length > 1 ? { kind: 'and', of: parts } : (parts[0] ?? truth);
}

/** Every table in an expression that has an impossible entry: when it is asked for such an entry, if it is asked at all. */
function impossibleIn(
  e: GroundExpression,
  under: readonly GroundExpression[] = [],
): { table: Table; of: GroundExpression }[] {
  const inJunction = (of: readonly GroundExpression[], before: (p: GroundExpression) => GroundExpression) =>
    of.flatMap((p, i) => impossibleIn(p, [...under, ...of.slice(0, i).map(before)]));
  switch (e.kind) {
    case 'constant':
    case 'slot':
      return [];
    case 'equal':
    case 'less':
      return [e.left, e.right].flatMap((p) => impossibleIn(p, under));
    case 'not':
    case 'plus':
      return impossibleIn(e.of, under);
    case 'and':
      return inJunction(e.of, (p) => p);
    case 'or':
      return inJunction(e.of, (p) => ({ kind: 'not', of: p }));
    case 'if':
      return [
        ...impossibleIn(e.when, under),
        ...impossibleIn(e.then, [...under, e.when]),
        ...impossibleIn(e.otherwise, [...under, { kind: 'not', of: e.when }]),
      ];
    case 'table':
    case 'forbidden': {
      const inArgs = e.args.flatMap((p) => impossibleIn(p, under));
      if (!e.table.codes.includes(forbidden)) return inArgs;
      return [...inArgs, { table: e.table, of: all([...under, { kind: 'forbidden', table: e.table, args: e.args }]) }];
    }
  }
}

interface Judged {
  readonly ghosts: readonly GroundStore[];
  readonly claims: readonly GroundClaim[];
  readonly witnesses: readonly GroundClaim[];
}

/** What the properties make of the events of a step: later events see the ghosts as earlier ones left them. */
function judge(g: Grounder, monitors: readonly Monitor[], emits: readonly Emission[], binding: Binding): Judged {
  const ghosts = new Map<number, GroundExpression>();
  const claims: GroundClaim[] = [];
  const witnesses: GroundClaim[] = [];
  for (const { event, payload, when } of emits) {
    const happens = g.at(when.expression, binding);
    if (happens.kind === 'constant' && happens.code === 0) continue;
    const cells = new Set<Expression>();
    Object.values(payload).forEach((term) => eachCell(term.expression, (cell) => cells.add(cell)));
    const both = (of: Expression): GroundExpression => all([happens, substitute(g.at(of, binding), ghosts)]);
    for (const monitor of monitors) {
      const { property } = monitor;
      for (const c of monitor.claims) {
        if (c.kind === 'neverStep' && c.event === event)
          claims.push({ property, says: c.says, of: both(c.of(payload)) });
      }
      for (const w of monitor.witnesses) {
        if (w.kind === 'step' && w.event === event) witnesses.push({ property, says: w.says, of: both(w.of(payload)) });
      }
      const stores = monitor.listeners.filter((l) => l.event === event).flatMap((l) => l.stores(payload));
      stores.forEach((store) => checkGhostStore(store, cells));
      const next = stores.map((s) => g.store(s, binding)).map((s) => ({ ...s, value: substitute(s.value, ghosts) }));
      for (const { slot, value } of next) {
        const old = ghosts.get(slot) ?? { kind: 'slot' as const, slot };
        ghosts.set(
          slot,
          happens.kind === 'constant' ? value : { kind: 'if', when: happens, then: value, otherwise: old },
        );
      }
    }
  }
  return { ghosts: [...ghosts].map(([slot, value]) => ({ slot, value })), claims, witnesses };
}

function chosenValues(
  step: Step,
  process: ProcessDeclaration,
  binding: Binding,
): Record<string, string | number | boolean> {
  const own = step.parameters.slice(process.index ? 1 : 0);
  return Object.fromEntries(
    own.map((p) => [p.name, p.domain.values[binding.get(p) ?? 0] as string | number | boolean]),
  );
}

/** The values that an expression may have, each without its condition. */
const outcomes = (e: Expression): Expression[] =>
  e.kind === 'if' ? [...outcomes(e.then), ...outcomes(e.otherwise)] : [e];

/** A machine's variable takes what the machine answers, or stays as it is. */
function checkMachineStore(rule: string, { variable, value }: Assignment): void {
  const isAnswer = (e: Expression): boolean =>
    (e.kind === 'table' && e.table.machine !== undefined) || (e.kind === 'cell' && e.variable === variable);
  if (variable.role === 'machine' && !outcomes(value).every(isAnswer)) {
    throw new Error(`${rule}: ${variable.name} belongs to a machine: only the machine's table may be stored to it`);
  }
}

/** The stores of the step itself: each slot once, and neither ghosts, locks nor program counters. */
function ownStores(g: Grounder, step: Step, binding: Binding): GroundStore[] {
  step.then.forEach((a) => checkMachineStore(step.rule, a));
  const stores = step.then.map((a) => g.store(a, binding));
  stores.forEach(({ slot }, i) => {
    const { name, variable } = g.slots[slot] as Slot;
    if (stores.some((other, k) => k < i && other.slot === slot))
      throw new Error(`${step.rule} stores twice to ${name}`);
    if (variable.role === 'ghost' || variable.role === 'lock' || variable.role === 'pc') {
      throw new Error(`${step.rule} may not store to ${name}, a ${variable.role}`);
    }
  });
  return stores;
}

interface Instance {
  readonly actor: string;
  readonly self: number;
  readonly process: ProcessDeclaration;
  readonly binding: Binding;
}

/** What all ground steps of one step and binding share. */
function common(g: Grounder, step: Step, { actor, self, process, binding }: Instance) {
  const held = (r: LockReference, says: string): { says: string; of: GroundExpression } => ({
    says: `${step.rule}: ${actor} ${says} ${r.lock.name}`,
    of: g.at(g.locks.held(r, actor).expression, binding),
  });
  const judged = judge(g, g.protocol.monitors, step.emits, binding);
  const plain = ownStores(g, step, binding);
  const impossible = plain
    .flatMap((s) => impossibleIn(s.value))
    .map(({ table, of }) => ({ property: 'impossible', says: `${table.name} is impossible in this state`, of }));
  const released = step.lock?.kind === 'release' ? [held(step.lock.of, 'must hold, to release it,')] : [];
  return {
    rule: step.rule,
    actor,
    does: step.does,
    says: step.says,
    chosen: chosenValues(step, process, binding),
    voluntary: step.voluntary,
    pc: g.slot(process.pc, process.index ? [{ kind: 'constant', code: self }] : []),
    from: step.at.map((name) => process.points.indexOf(name)),
    to: step.to === undefined ? undefined : process.points.indexOf(step.to),
    asserts: [...step.requires.map((r) => held(r, 'must hold')), ...released],
    stores: [...plain, ...judged.ghosts],
    events: step.emits.map((e) => ({
      name: e.event.name,
      when: g.at(e.when.expression, binding),
      payload: Object.fromEntries(
        Object.entries(e.payload).map(([key, term]) => [
          key,
          { value: g.at(term.expression, binding), of: term.domain },
        ]),
      ),
    })),
    claims: [...impossible, ...judged.claims],
    witnesses: judged.witnesses,
  };
}

/** The ground steps of one step with its parameters bound: none where its guard is false, two for a `try`. */
export function groundStep(g: Grounder, step: Step, process: ProcessDeclaration, binding: Binding): GroundStep[] {
  const self = process.index ? (binding.get(step.parameters[0] as Parameter) ?? 0) : 0;
  const actor = process.name + (process.index ? String(process.index.values[self]) : '');
  const guard = g.at(step.when, binding);
  // Where the guard excludes a binding, the rest may have no meaning: the page after the last one.
  if (guard.kind === 'constant' && guard.code === 0) return [];
  const plain = { ...common(g, step, { actor, self, process, binding }), guard, outcome: 'plain' as const };
  const { stores } = plain;
  const { lock } = step;
  if (lock === undefined) return [plain];
  const ref = { ...lock.of, index: lock.of.index.map((i) => reduce(i, binding)) };
  const change = (taken: boolean): GroundStore[] => g.locks.set(ref, actor, taken).map((a) => g.store(a, binding));
  if (lock.kind === 'release') return [{ ...plain, stores: [...stores, ...change(false)] }];
  const free = g.at(g.locks.free(ref, actor).expression, binding);
  const taken = { ...plain, guard: all([guard, free]), stores: [...stores, ...change(true)] };
  if (lock.kind === 'acquire') return [taken];
  const busy = { ...plain, to: process.points.indexOf(lock.otherwise), guard: all([guard, { kind: 'not', of: free }]) };
  return [
    { ...taken, outcome: 'taken' },
    { ...busy, outcome: 'busy', stores: [], events: [], claims: [], witnesses: [] },
  ];
}
