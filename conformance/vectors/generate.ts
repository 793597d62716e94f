import { context, entryForm } from '../../model/sequential/forms.ts';
import { operationsOf, type OperationName } from '../../model/sequential/operations/index.ts';
import { Sequential } from '../../model/sequential/sequential.ts';
import { type SessionKind, kindsOf, sessionFeatures, sessions } from '../../model/sequential/session.ts';
import type { Alternative } from '../../model/sequential/outcome.ts';
import type { Design } from '../../spec/index.ts';
import { nearby, type Reached } from '../pairs.ts';
import { needsHugePages } from '../kinds.ts';
import { operationText, type Sequence } from '../sequence.ts';
import {
  isEvent,
  vectorVersion,
  type AllowedStep,
  type Gates,
  type PairsInside,
  type Vector,
  type VectorStep,
} from './vector.ts';

/**
 * The state that stands for a form of the entry: the nearest in the usual surroundings, else in those that differ least;
 * and the nearest where the VMA allows no access.
 */
interface Representative {
  readonly id: number;
  readonly form: string;
  readonly surroundings: string;
}

const differences = (surroundings: string): number => (surroundings === '' ? 0 : surroundings.split('+').length);

function representatives(model: Sequential, reached: readonly Reached[]): readonly Representative[] {
  const chosen = new Map<string, Representative>();
  for (const { id } of reached) {
    // A fault in progress is no vector's starting point.
    if (model.surroundings(id).thread === 'blocked') continue;
    const form = entryForm(model.page(id));
    const surroundings = context(model, id);
    // What a form does when the VMA allows no access, and gets it back, is a question of its own.
    for (const key of surroundings === 'prot-none' ? [form, `${form}@prot-none`] : [form]) {
      const known = chosen.get(key);
      if (known === undefined || differences(surroundings) < differences(known.surroundings))
        chosen.set(key, { id, form, surroundings });
    }
  }
  return [...new Map([...chosen.values()].map((one) => [one.id, one])).values()];
}

function pathTo(
  id: number,
  reached: ReadonlyMap<number, Reached>,
): readonly { operation: OperationName; to: number }[] {
  const path: { operation: OperationName; to: number }[] = [];
  for (let at = reached.get(id); at?.from !== undefined; at = reached.get(at.from)) {
    path.unshift({ operation: at.operation as OperationName, to: at.id });
  }
  return path;
}

/** The set of states, as a name. */
const nameOf = (states: readonly number[]): string => [...new Set(states)].toSorted((a, b) => a - b).join(',');

/** Sets of states that one step leads to, and whether every event that was needed has happened on the way there. */
interface Front {
  readonly beliefs: readonly (readonly number[])[];
  readonly eventful: ReadonlySet<number>;
}

/** One step of the automaton, and where it leads. */
function stepOf(
  model: Sequential,
  name: OperationName,
  { beliefs, eventful }: Front,
): { step: VectorStep; front: Front } {
  const numbers = new Map<string, number>();
  const next: (readonly number[])[] = [];
  const states = beliefs.map((belief) => {
    const groups = new Map<string, Alternative[]>();
    for (const alternative of belief.flatMap((id) => model.outcomes(id, name))) {
      const key = JSON.stringify(alternative.observation);
      groups.set(key, [...(groups.get(key) ?? []), alternative]);
    }
    return [...groups.values()].map((group): AllowedStep => {
      const set = group.map((alternative) => alternative.next);
      const key = nameOf(set);
      if (!numbers.has(key)) numbers.set(key, next.push(set) - 1);
      const [first] = group as [Alternative];
      return { seen: first.observation, because: telling(first.because), next: numbers.get(key) as number };
    });
  });
  const onTheWay = states.flatMap((allowed, state) => (eventful.has(state) ? allowed : []));
  const needs = neededEvent(name, onTheWay);
  const happened = onTheWay.filter((one) => needs === undefined || isEvent(needs, one));
  return {
    step: { operation: operationText({ name, lo: 0, hi: 0 }, model.kind, 1), states, ...(needs && { needs }) },
    front: { beliefs: next, eventful: new Set(happened.map((one) => one.next)) },
  };
}

/** Follows operations from a set of states, and writes down what may be seen: the vector's automaton. */
function automaton(model: Sequential, operations: readonly OperationName[]): readonly VectorStep[] {
  let front: Front = { beliefs: [[model.initial]], eventful: new Set([0]) };
  return operations.map((name): VectorStep => {
    const { step, front: next } = stepOf(model, name, front);
    front = next;
    return step;
  });
}

/** Rules that say nothing but that a lock was taken or given back. */
const plumbing =
  /\/(lock|unlock|unlock-last|unlock-vma|unlock-mmap|mmap-lock|mmap-unlock|vma-lock|vma-unlock|done-vma|done-mmap|folio-lock|folio-unlock|lock-folio|unlock-folio|begin|try)$/;

function telling(rules: readonly string[]): readonly string[] {
  const kept = rules.filter((rule) => !plumbing.test(rule));
  return kept.length > 0 ? kept : rules;
}

/** The event that a step forces, where it can happen at all. */
function neededEvent(name: OperationName, allowed: readonly AllowedStep[]): VectorStep['needs'] {
  if (name === 'pageout' && allowed.some((one) => isEvent('swapped out', one))) return 'swapped out';
  if (name === 'swapoff' && allowed.some((one) => isEvent('swapped in', one))) return 'swapped in';
  return name === 'migrate' && allowed.some((one) => isEvent('moved', one)) ? 'moved' : undefined;
}

function gatesOf(kind: SessionKind, operations: readonly OperationName[]): Gates {
  const has = (name: string): boolean => operations.some((operation) => operation.split(' ')[0] === name);
  const rwp = sessions[kind].protection === 'rwp';
  const swap = has('pageout') || has('swapoff');
  return {
    features: [
      ...sessionFeatures(kind),
      ...(has('evict') || has('move') ? ['move'] : []),
      ...(has('poison') ? ['poison'] : []),
    ],
    version: rwp ? '7.3' : has('guard') ? '6.16' : has('evict') || has('move') ? '6.8' : '6.7',
    config: [
      'CONFIG_USERFAULTFD',
      'CONFIG_HAVE_ARCH_USERFAULTFD_WP',
      ...(rwp ? ['CONFIG_USERFAULTFD_RWP'] : []),
      ...(swap ? ['CONFIG_SWAP'] : []),
      ...(has('migrate') ? ['CONFIG_NUMA', 'CONFIG_MIGRATION'] : []),
    ],
    swap,
    numa: has('migrate'),
    hugePages: needsHugePages(kind),
  };
}

/** A closing operation that shows what has become of the page: a write, or the message of the one that waits. */
function closing(model: Sequential, id: number, about: OperationName): OperationName {
  const blocked = model.outcomes(id, about).some(({ observation }) => observation.thread === 'blocked');
  return blocked ? 'read' : 'touch w';
}

function vectorOf(
  model: Sequential,
  start: Representative,
  about: OperationName,
  path: readonly OperationName[],
): Vector {
  const operations = [...path, about, closing(model, start.id, about)];
  const place = start.form + (start.surroundings === '' ? '' : `@${start.surroundings}`);
  const gates = gatesOf(model.kind, operations);
  return {
    schemaVersion: vectorVersion,
    id: `${model.kind}/${place}/${about.replaceAll(' ', '-')}`,
    design: model.design.name,
    kind: model.kind,
    form: start.form,
    surroundings: start.surroundings,
    about,
    aboutStep: path.length,
    sideEffects: gates.swap || gates.hugePages ? 'system' : gates.numa ? 'process' : 'none',
    environment: 'none',
    gates,
    steps: automaton(model, operations),
  };
}

/** A sequence on one page as a vector: what the model allows after each of its operations. The last one is what it is about. */
export function vectorOfSequence(model: Sequential, { id, operations }: Sequence): Vector {
  const names = operations.map(({ name }) => name);
  let states: readonly number[] = [model.initial];
  for (const name of names.slice(0, -1)) {
    states = [...new Set(states.flatMap((state) => model.outcomes(state, name).map(({ next }) => next)))];
  }
  const [before = model.initial] = states;
  const gates = gatesOf(model.kind, names);
  return {
    schemaVersion: vectorVersion,
    id: `${model.kind}/fuzz/${id}`,
    design: model.design.name,
    kind: model.kind,
    form: entryForm(model.page(before)),
    surroundings: context(model, before),
    about: names.at(-1) ?? '',
    aboutStep: Math.max(0, names.length - 1),
    sideEffects: gates.swap ? 'system' : gates.numa ? 'process' : 'none',
    environment: 'none',
    gates,
    steps: automaton(model, names),
  };
}

/** The vectors of one kind of session: one for each form of the entry and each operation. */
export function vectorsOf(
  design: Design,
  kind: SessionKind,
  model: Sequential = new Sequential(design, kind),
): readonly Vector[] {
  const reached = nearby(model);
  const byId = new Map(reached.map((one) => [one.id, one]));
  return representatives(model, reached).flatMap((start) => {
    const path = pathTo(start.id, byId).map(({ operation }) => operation);
    return operationsOf(kind).map(({ name }) => vectorOf(model, start, name, path));
  });
}

/** Every vector of a design. */
export function allVectors(design: Design): readonly Vector[] {
  return kindsOf(design).flatMap((kind) => vectorsOf(design, kind));
}

/** Forms of the entry that exist only while a call or a fault is in progress, or never: no sequence can start from them. */
export function formsInside(design: Design, kind: SessionKind): readonly string[] {
  const model = new Sequential(design, kind);
  const nothing = { registration: {}, wpAsync: false, huge: false };
  const atRest = new Set(nearby(model).map(({ id }) => entryForm(model.page(id))));
  const all = model.kernel.entry.tabulated.configurations.map((entry) => entryForm({ entry, ...nothing }));
  return [...new Set(all)].filter((form) => !atRest.has(form));
}

/** The pairs of a design that have no vector, by kind of session: they go to litmus tests or to a forced schedule. */
export function pairsInside(design: Design): readonly PairsInside[] {
  return kindsOf(design).map((kind) => ({
    kind,
    forms: formsInside(design, kind),
    operations: operationsOf(kind).map(({ name }) => name),
  }));
}
