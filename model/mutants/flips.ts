import { decisionValues, designs, type Decisions, type DesignName } from '../../spec/index.ts';
import type { Mutant } from './mutant.ts';

/** A decision of a design, taken otherwise: a mutant that needs no file. */
export interface Flip {
  /** `decision=value`. */
  readonly id: string;
  readonly decision: keyof Decisions;
  readonly mutant: Mutant;
}

/** Every decision of a design, flipped to every other value. */
export function flipsOf(design: DesignName): readonly Flip[] {
  const { decisions } = designs[design];
  return (Object.keys(decisionValues) as (keyof Decisions)[]).flatMap((decision) =>
    (decisionValues[decision] as readonly (string | boolean)[])
      .filter((value) => value !== decisions[decision])
      .map((value) => ({
        id: `${decision}=${String(value)}`,
        decision,
        mutant: { design, decisions: { [decision]: value } },
      })),
  );
}
