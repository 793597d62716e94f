import type { Anchor } from '../../../checker/language/index.ts';
import type { PropertyId } from '../../../spec/index.ts';
import type { ScenarioName } from '../../scenarios/index.ts';
import type { Mutant } from '../mutant.ts';

/** How the model can speak of a defect. */
export type Expressed =
  /** One decision or one rule of Linux 7.3, changed: the defect is back. */
  | { readonly kind: 'mutant'; readonly mutant: Mutant }
  /** The defect is one of the user's program: a variant of a scenario is the program as it was documented. */
  | { readonly kind: 'variant'; readonly scenario: ScenarioName; readonly variant: string }
  /** Linux 7.3 still has it: the design is the mutant, and `mends` the decision that would end it. */
  | { readonly kind: 'shipped'; readonly mends: Mutant }
  /** The model has not what it takes; `needs` says what. */
  | { readonly kind: 'not-yet'; readonly needs: string };

/** A real defect of write protection or read-write protection, of a proposal or of a kernel that was released. */
export interface Defect {
  /** Stable. */
  readonly id: string;
  /** What went wrong, in one sentence. */
  readonly says: string;
  /** Where the mistake was. */
  readonly where: Anchor;
  /** When it came and when it went. */
  readonly history: string;
  readonly expressed: Expressed;
  /** The property that a search must find violated; none where no property of this release speaks of it. */
  readonly breaks?: PropertyId;
  /** Why no property speaks of it, or why it cannot show here. */
  readonly because?: string;
}

/** The function of a file of the kernel. */
export const at = (path: string, name: string): Anchor => ({ path, name });

/** A defect that takes a part of the kernel which the model does not have. */
export const notYet = (id: string, says: string, where: Anchor, history: string, needs: string): Defect => ({
  id,
  says,
  where,
  history,
  expressed: { kind: 'not-yet', needs },
});
