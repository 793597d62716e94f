import { operationsOf, pageOperations } from '../../model/sequential/operations/index.ts';
import { kindsOf, sessions, type SessionKind } from '../../model/sequential/session.ts';
import { backings, type Backing, type Design } from '../../spec/index.ts';
import { forms, operations, type Row } from './table.ts';

/** A pair of entry form and operation on one kind of memory, and how often it was met. */
export interface Cell {
  readonly form: string;
  readonly operation: string;
  readonly backing: Backing;
  readonly times: number;
}

/** How much of the table was met. */
export interface Coverage {
  /** Every form × every operation × every kind of memory, as the table lists them. */
  readonly cells: number;
  /** A cell counts as met from so many times on. */
  readonly least: number;
  readonly met: number;
  /** Cells that were met, and not so often. */
  readonly seldom: readonly Cell[];
  /** Cells that were never met, by the reason; the largest first. */
  readonly unreached: readonly { readonly because: string; readonly cells: number }[];
}

/** A pair counts as met from so many times on. */
const least = 50;

/** What decides which cells can be met. */
export interface Reach {
  readonly design: Design;
  /** Pairs of `kind/form/operation` that some sequence meets on this kernel. */
  readonly reachable: ReadonlySet<string>;
  /** How often each pair was met. */
  readonly counts: ReadonlyMap<string, number>;
  /** Operations that this kernel cannot be asked for. */
  readonly without: ReadonlySet<string>;
}

const parts = (pair: string): readonly [SessionKind, string, string] => {
  const [kind = '', form = '', ...operation] = pair.split('/');
  return [kind as SessionKind, form, operation.join('/')];
};

/** The rows of the table that a pair belongs to, as one key. */
function keyOf(pair: string): string {
  const [kind, form, operation] = parts(pair);
  const row = (rows: readonly Row[], name: string): string => rows.find(({ here }) => here.test(name))?.name ?? '';
  return [row(forms, form), row(operations, operation), sessions[kind].backing].join('|');
}

/** Why no pair is in a cell. */
function reason(form: Row, operation: Row, backing: Backing, { design, without }: Reach): string {
  if (form.because !== undefined) return `${form.name}: ${form.because}`;
  if (operation.because !== undefined) return `${operation.name}: ${operation.because}`;
  const kinds = kindsOf(design).filter((kind) => sessions[kind].backing === backing);
  if (kinds.length === 0) return `${backing}: the model has no session on such memory`;
  const names = kinds
    .flatMap((kind) => operationsOf(kind).map(({ name }) => name))
    .filter((n) => operation.here.test(n));
  if (!pageOperations.some(({ name }) => operation.here.test(name)))
    return `${operation.name}: no sequence has this operation`;
  if (names.length === 0) return `${operation.name}: ${design.name} has no such operation on ${backing}`;
  if (names.every((name) => without.has(name))) return `${operation.name}: this kernel cannot be asked for it`;
  return `${form.name}: no sequence brings an entry of ${backing} into this form on this kernel`;
}

function sums(pairs: Iterable<readonly [string, number]>): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [pair, times] of pairs) found.set(keyOf(pair), (found.get(keyOf(pair)) ?? 0) + times);
  return found;
}

/** Holds what a run has met against the table: each cell is met, met too seldom, or named with the reason. */
export function coverageOf(reach: Reach): Coverage {
  const times = sums(reach.counts);
  const reachable = sums([...reach.reachable].map((pair) => [pair, 1] as const));
  const seldom: Cell[] = [];
  const reasons = new Map<string, number>();
  let met = 0;
  for (const form of forms) {
    for (const operation of operations) {
      for (const backing of backings) {
        const key = [form.name, operation.name, backing].join('|');
        const seen = times.get(key) ?? 0;
        if (seen >= least) met++;
        else if (seen > 0 || reachable.has(key)) {
          seldom.push({ form: form.name, operation: operation.name, backing, times: seen });
        } else {
          const because = reason(form, operation, backing, reach);
          reasons.set(because, (reasons.get(because) ?? 0) + 1);
        }
      }
    }
  }
  const unreached = [...reasons].map(([because, cells]) => ({ because, cells })).toSorted((a, b) => b.cells - a.cells);
  return { cells: forms.length * operations.length * backings.length, least, met, seldom, unreached };
}
