import type { DesignName } from '../../spec/index.ts';
import { dropsOf, halfDropsOf } from './drops.ts';
import { flipsOf } from './flips.ts';
import { defects } from './ledger/index.ts';
import type { Mutant } from './mutant.ts';

/** A mutant that needs no file. */
export interface NamedMutant {
  /** As `--mutant` takes it. */
  readonly id: string;
  readonly mutant: Mutant;
}

/** Real defects that are one changed decision or rule of Linux 7.3. */
function defectMutants(design: DesignName): readonly NamedMutant[] {
  return defects.flatMap(({ id, expressed }) => {
    const mutant = expressed.kind === 'mutant' ? expressed.mutant : undefined;
    return mutant?.design === design ? [{ id, mutant }] : [];
  });
}

/** Every mutant of a design that has a name: real defects, flipped decisions, branches that do less than they should. */
export function namedMutants(design: DesignName): readonly NamedMutant[] {
  return [...defectMutants(design), ...flipsOf(design), ...dropsOf(design), ...halfDropsOf(design)];
}
