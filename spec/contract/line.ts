import type { Anchor } from '../../checker/language/index.ts';
import type { PropertyId } from '../properties/index.ts';

/** The documents that user space is told to read, from the root of the kernel tree. */
export const documents = {
  'userfaultfd.rst': 'Documentation/admin-guide/mm/userfaultfd.rst',
  'pagemap.rst': 'Documentation/admin-guide/mm/pagemap.rst',
  'userfaultfd.h': 'include/uapi/linux/userfaultfd.h',
} as const;
/** The short name of a document. */
export type DocumentName = keyof typeof documents;

/** What a standing means, and what a violation of such a line is. */
export const standings = {
  P: { means: 'documented', violated: 'a bug report' },
  C: { means: 'in a comment of the code only', violated: 'a question to the author' },
  B: { means: 'behaviour', violated: 'a surprise' },
} as const;
/** How firm a line is: documented, said in a comment of the code, or only what the kernel does. */
export type Standing = keyof typeof standings;

/** Where a line stands: for P the document and a few words of it, to be found there. */
export type Source =
  | {
      readonly standing: 'P';
      readonly document: DocumentName;
      /** At most fifteen words, as they stand there. */
      readonly sentence: string;
      /** What of the line the document does not say. */
      readonly beyond?: string;
    }
  | {
      readonly standing: 'C';
      /** Where the comment is. */
      readonly comment: Anchor;
      /** What it says, in our words. */
      readonly says: string;
    }
  | { readonly standing: 'B' };

/** A property of the checker, and the races that it is judged in for this line. */
export interface JudgedBy {
  readonly property: PropertyId;
  /** Names of scenarios. */
  readonly scenarios: readonly string[];
}

/** How a line is judged: claims about one operation after another, properties in races; or why it is not. */
export type Judging =
  | {
      readonly kind: 'judged';
      /** Ids of claims, which are judged over every state at rest. */
      readonly claims: readonly string[];
      readonly properties: readonly JudgedBy[];
      /** What of the line is not judged by these. */
      readonly without?: string;
    }
  | { readonly kind: 'not-yet'; readonly because: string };

/** One promise of the contract. */
export interface ContractLine {
  /** Stable, never used again. */
  readonly number: number;
  /** Stable. */
  readonly id: string;
  /** What is promised. */
  readonly says: string;
  readonly source: Source;
  /** The kernel functions that keep it. */
  readonly by: readonly Anchor[];
  readonly judging: Judging;
}

/** A line that claims and properties judge. */
export const judged = (claims: readonly string[], properties: readonly JudgedBy[] = [], without?: string): Judging => ({
  kind: 'judged',
  claims,
  properties,
  ...(without !== undefined && { without }),
});

/** A line that nothing judges yet. */
export const notJudged = (because: string): Judging => ({ kind: 'not-yet', because });

/** Functions of one file. */
export const functionsOf = (path: string, ...names: readonly string[]): readonly Anchor[] =>
  names.map((name) => ({ path, name }));
