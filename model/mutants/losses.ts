import type { CellResult } from '../verify.ts';

/** A property that is violated in a world; in one of a mutant, where the same world of its design does not violate it. */
export interface Loss {
  readonly property: string;
  readonly scenario: string;
  readonly variant: string;
  readonly steps: number;
  readonly states: number;
}

/** What is lost in the worlds of a cell; where it was compared with its design, only what the design does not lose. */
export function lossesIn({ scenario, variants }: CellResult): readonly Loss[] {
  return variants.flatMap(({ variant, results, search, own = {} }) =>
    results.flatMap((r) => {
      if (r.verdict !== 'violated' || own[r.property] === 'violated') return [];
      return [{ property: r.property, scenario, variant, steps: r.steps, states: search.states }];
    }),
  );
}
