import { html, slug, type Html } from '../html/html.ts';
import { verdicts, type Answer, type Cell, type StepChange, type VerdictWord } from './report.ts';

/** The sign that goes with each verdict; the word is always there too. */
const signs: Readonly<Record<VerdictWord, string>> = { holds: '✓', violated: '✗', vacuous: '∅', incomplete: '…' };

/** What each verdict says, for the legend. */
export const meanings: Readonly<Record<VerdictWord, string>> = {
  holds:
    'the search ended, nothing that can be reached within the bounds violates the property, and all its witnesses were reached',
  violated: 'a run violates it; the shortest one is shown, and replays',
  vacuous: 'nothing violates it, but what it is about did not all happen: never a pass',
  incomplete: 'the search was stopped: nothing is known beyond how far it got',
};

/** A verdict as a word and a sign, after the property that it is about, and leading somewhere. */
export function badge(word: VerdictWord, property = '', detail = '', to?: string): Html {
  const text = html`${property === '' ? '' : html`<b>${property}</b> `}${signs[word]} ${word}${detail}`;
  return to === undefined
    ? html`<span class="verdict ${word}">${text}</span>`
    : html`<a class="verdict ${word}" href="${to}">${text}</a>`;
}

/** The name of a cell: the scenario, the design, and the mutant if there is one. */
export function cellName({ scenario, design, mutant }: Cell): string {
  return `${scenario} × ${design}${mutant === null ? '' : ` with ${mutant}`}`;
}

/** Where the page of a cell stands. */
export function cellPath({ scenario, design, mutant }: Cell): string {
  return `cells/${slug(scenario, design, ...(mutant === null ? [] : [mutant]))}.html`;
}

/** Where the page of a counterexample stands. */
export function tracePath(cell: Cell, { variant, property }: Answer): string {
  const { scenario, design, mutant } = cell;
  return `traces/${slug(scenario, design, ...(mutant === null ? [] : [mutant]), variant, property)}.html`;
}

/** The anchor of an answer in the page of its cell. */
export function answerAnchor({ variant, property }: Answer): string {
  return slug(variant, property);
}

/** The worst of some verdicts. */
export function worst(answers: readonly Answer[]): VerdictWord | undefined {
  return verdicts.find((word) => answers.some((answer) => answer.verdict === word));
}

/** The states that were searched for some cells; what was the same for two designs counts once, as in `review`. */
export function statesSearched(cells: readonly Cell[]): number {
  const options = cells.flatMap((cell) => cell.options).filter(({ sameAs }) => sameAs === undefined);
  return options.reduce((sum, { states }) => sum + states, 0);
}

/** A number with its thousands apart. */
export function count(n: number): string {
  return String(Math.round(n)).replaceAll(/\B(?=(?:\d{3})+$)/gu, '\u202F');
}

/** `1 step`, `28 steps`. */
export function plural(n: number, one: string): string {
  return `${count(n)} ${one}${n === 1 ? '' : 's'}`;
}

/** True for a change of a page-table entry or of a part of one. */
export function isEntry({ name }: StepChange): boolean {
  return name.startsWith('pte[');
}

/** True for a change of a ghost: what was promised, which no step of the kernel reads. */
export function isGhost({ role }: StepChange): boolean {
  return role === 'ghost';
}
