import { existsSync, readFileSync } from 'node:fs';
import { designs, type Design } from '../../spec/index.ts';
import { allVectors } from './generate.ts';
import { parseVectors } from './parse.ts';
import type { Vector } from './vector.ts';

/** A name that is no vector, and the names that there are. */
export interface UnknownVector {
  readonly kind: 'unknown';
  readonly name: string;
  readonly known: readonly string[];
}

/** True for the name of a vector, and for the beginning of one, up to a `/`. */
function answersTo(id: string, name: string): boolean {
  return id === name || id.startsWith(name.endsWith('/') ? name : `${name}/`);
}

/** Vectors of other designs: a kernel that lacks their features skips them, with the reason. */
function foreign(design: Design): readonly Vector[] {
  return design.name === 'linux-7.3' ? [] : allVectors(designs['linux-7.3']);
}

/**
 * The vectors that the user named: by id, by the beginning of ids (`rwp-sync`, `rwp-sync/swap+uffd`), or by a file of
 * vectors. No names: all of the design.
 *
 * @throws UsageProblem when a file is no whole file of vectors of this version
 */
export function chooseVectors(names: readonly string[], design: Design): readonly Vector[] | UnknownVector {
  const own = allVectors(design);
  if (names.length === 0) return own;
  const chosen: Vector[] = [];
  for (const name of names) {
    if (name.endsWith('.json') && existsSync(name)) {
      chosen.push(...parseVectors(readFileSync(name, 'utf8'), name));
      continue;
    }
    const mine = own.filter(({ id }) => answersTo(id, name));
    const found = mine.length > 0 ? mine : foreign(design).filter(({ id }) => answersTo(id, name));
    if (found.length === 0) return { kind: 'unknown', name, known: own.map(({ id }) => id) };
    chosen.push(...found);
  }
  return chosen.filter(({ id }, i) => chosen.findIndex((other) => other.id === id) === i);
}

/** A vector in one line, for `list vectors`. */
export interface VectorSummary {
  readonly id: string;
  readonly design: string;
  readonly operations: string;
  readonly sideEffects: Vector['sideEffects'];
}

/** The vectors of a design in one line each. */
export function listVectors(design: Design): readonly VectorSummary[] {
  return allVectors(design).map(({ id, steps, sideEffects }) => ({
    id,
    design: design.name,
    operations: steps.map(({ operation }) => operation).join(' | '),
    sideEffects,
  }));
}
