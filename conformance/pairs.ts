import { entryForm } from '../model/sequential/forms.ts';
import { operationsOf } from '../model/sequential/operations/index.ts';
import type { Sequential } from '../model/sequential/sequential.ts';

/** A state at rest, and how it is reached by the fewest operations. */
export interface Reached {
  readonly id: number;
  readonly from: number | undefined;
  readonly operation: string | undefined;
}

/** The states, the nearest first; whoever has seen enough stops asking. */
function* walk(model: Sequential, names: readonly string[], goesOn: (id: number) => boolean): Generator<Reached> {
  const reached: Reached[] = [{ id: model.initial, from: undefined, operation: undefined }];
  const seen = new Set([model.initial]);
  for (const one of reached) {
    yield one;
    const { id } = one;
    if (!goesOn(id)) continue;
    for (const operation of names) {
      for (const { next } of model.outcomes(id, operation)) {
        if (seen.has(next)) continue;
        seen.add(next);
        reached.push({ id: next, from: id, operation });
      }
    }
  }
}

/** Every state at rest that some sequence of a session reaches, the nearest first. Some ten thousand; seconds. */
export function reachable(model: Sequential): readonly Reached[] {
  return [...walkReachable(model)];
}

/** The same one after another, for those who may have seen enough before the end. */
export function walkReachable(model: Sequential): Iterable<Reached> {
  const names = operationsOf(model.kind).map(({ name }) => name);
  return walk(model, names, () => true);
}

/** Operations that bring an entry into a form: the others undo, wake, read or repeat. A test holds them to {@link reachable}. */
const onTheWay =
  /^(touch|api$|register (missing|wp|rwp)$|(write|rw)protect on|copy|zeropage|poison|guard|pageout|swapoff|fork|mprotect|scan-wp|alias-read|dontneed)/;

/** States at rest that are enough to meet every form of the entry that {@link reachable} has: quick. */
export function nearby(model: Sequential): readonly Reached[] {
  return [...walkNearby(model)];
}

/** The same one after another. */
export function walkNearby(model: Sequential): Iterable<Reached> {
  const names = operationsOf(model.kind).map(({ name }) => name);
  return walk(
    model,
    names.filter((name) => onTheWay.test(name)),
    (id) => model.surroundings(id).thread === 'idle',
  );
}

/** The (entry form × operation) pairs of a session that exist with no call or fault in progress, as `kind/form/operation`. */
export function reachablePairs(model: Sequential, without: ReadonlySet<string> = new Set()): readonly string[] {
  const forms = new Set(nearby(model).map(({ id }) => entryForm(model.page(id))));
  const met = [...forms].filter((form) => !without.has('pageout') || !form.startsWith('swap'));
  const names = operationsOf(model.kind).filter(({ name }) => !without.has(name));
  return met.flatMap((form) => names.map(({ name }) => `${model.kind}/${form}/${name}`));
}
