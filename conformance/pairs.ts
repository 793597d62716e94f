import { entryForm } from '../model/forms.ts';
import { operationsOf } from '../model/sequential-operations.ts';
import { Sequential } from '../model/sequential.ts';
import type { SessionKind } from '../model/sequential-world.ts';
import type { Design } from '../spec/index.ts';

/** Every state at rest that some sequence of a session reaches, the nearest first, and how it is reached. */
export interface Reached {
  readonly id: number;
  readonly from: number | undefined;
  readonly operation: string | undefined;
}

/** Walks every sequence of operations of a session; operations that `without` names are left out. */
export function reachable(model: Sequential, without: ReadonlySet<string> = new Set()): readonly Reached[] {
  const names = operationsOf(model.kind)
    .map(({ name }) => name)
    .filter((name) => !without.has(name));
  const reached: Reached[] = [{ id: model.initial, from: undefined, operation: undefined }];
  const seen = new Set([model.initial]);
  for (const { id } of reached) {
    for (const operation of names) {
      for (const { next } of model.outcomes(id, operation)) {
        if (seen.has(next)) continue;
        seen.add(next);
        reached.push({ id: next, from: id, operation });
      }
    }
  }
  return reached;
}

/** The (entry form × operation) pairs of a session that exist with no call or fault in progress, as `kind/form/operation`. */
export function reachablePairs(
  design: Design,
  kind: SessionKind,
  without: ReadonlySet<string> = new Set(),
): readonly string[] {
  const model = new Sequential(design, kind);
  const forms = new Set(reachable(model, without).map(({ id }) => entryForm(model.page(id))));
  const names = operationsOf(kind).filter(({ name }) => !without.has(name));
  return [...forms].flatMap((form) => names.map(({ name }) => `${kind}/${form}/${name}`));
}
