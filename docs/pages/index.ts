import { worthTelling } from '../../model/index.ts';
import { html, type Html } from '../html/html.ts';
import type { Page } from '../html/page.ts';
import { verdicts, type Cell } from '../review/report.ts';
import { badge, cellName, count, plural, statesSearched, tracePath } from '../review/shown.ts';

interface Reader {
  readonly who: string;
  readonly asks: string;
  readonly ways: readonly Html[];
}

function readers(api: boolean, cells: readonly Cell[]): readonly Reader[] {
  const evict = cells.some(({ scenario }) => scenario === 'evict-loop') ? '#evict-loop' : '';
  return [
    {
      who: 'You work on mm',
      asks: 'Does this design, or this patch without that hunk, lose a marker?',
      ways: [
        html`<a href="review.html">The design review</a>: every design, every race, the shortest run that breaks it`,
        html`<a href="decisions.html">The decisions</a>: what each hunk decides, with its kernel function`,
        html`<code>npx faultline check reclaim-vs-fault --mutant swapInRestoresNoAccess=false</code>`,
      ],
    },
    {
      who: 'You write kernel tests',
      asks: 'What must a kernel show, and which kernel does not?',
      ways: [
        html`<a href="vectors.html">Vectors on real kernels</a>: what was run, what was skipped and why`,
        html`<code>npx faultline run</code> runs them on this kernel, with KTAP output`,
      ],
    },
    {
      who: 'You write a VMM, a collector or a database',
      asks: 'What may I rely on?',
      ways: [
        html`<a href="contract.html">The contract</a>: what is promised, where that stands, and whether it is kept`,
        html`<a href="review.html#properties">The properties</a>: no false notification, no lost marker, no stuck fault`,
        html`<a href="review.html${evict}">evict-loop</a>: how to evict cold pages without losing a write`,
        html`<a href="limits.html">The limits</a>: what was not looked at`,
      ],
    },
    {
      who: 'You know model checking',
      asks: 'What is the model, and what does a verdict mean?',
      ways: [
        html`<a href="machines.html">The machines</a>: drawn from the definitions that the search runs`,
        html`<a href="review.html#verdicts">The four verdicts</a>, and the <a href="glossary.html">glossary</a>`,
        ...(api ? [html`<a href="api/index.html">The API</a>: protocol language, search, traces`] : []),
      ],
    },
  ];
}

function card({ who, asks, ways }: Reader): Html {
  return html`<li>
    <h3>${who}</h3>
    <p class="quiet">${asks}</p>
    <ul>
      ${ways.map((way) => html`<li>${way}</li>`)}
    </ul>
  </li>`;
}

/** The shortest counterexample of each property: a good place to begin to read. */
function shortest(cells: readonly Cell[]): readonly Html[] {
  const all = cells.flatMap((cell) =>
    cell.results
      .filter(({ verdict, property }) => verdict === 'violated' && property !== 'I1')
      .map((answer) => ({ cell, answer })),
  );
  const found = new Map<string, (typeof all)[number]>();
  for (const one of all.toSorted((a, b) => (a.answer.steps ?? 0) - (b.answer.steps ?? 0))) {
    if (!found.has(one.answer.property)) found.set(one.answer.property, one);
  }
  return [...found.values()].map(
    ({ cell, answer }) =>
      html`<li>
        ${badge('violated', answer.property, `, ${plural(answer.steps ?? 0, 'step')}`, tracePath(cell, answer))}
        ${cellName(cell)}: ${answer.trace?.claim}
      </li>`,
  );
}

/** The first page: sends each reader on by what they know. */
export function indexPage(cells: readonly Cell[], api: boolean): Page {
  const told = cells.flatMap((cell) => cell.results.filter(worthTelling));
  const counts = verdicts.toReversed().map((word) => {
    const n = told.filter((answer) => answer.verdict === word).length;
    return html`<li>${badge(word)} ${count(n)}</li>`;
  });
  return {
    path: 'index.html',
    title: 'Faultline',
    lead: 'What Linux does to a page-table entry under userfaultfd, proved within stated bounds, and held against real kernels.',
    body: html`<h2>Where to go</h2>
      <ul class="cards">
        ${readers(api, cells).map(card)}
      </ul>
      <h2>What this review found</h2>
      <p>
        ${plural(cells.filter((cell) => cell.skipped === undefined).length, 'cell')} of designs and scenarios,
        ${count(statesSearched(cells))} states. Answers:
      </p>
      <ul class="plain">
        ${counts}
      </ul>
      <h2>Read one counterexample</h2>
      <p>
        For each property the shortest run in this review that breaks it (I1 left out: in designs without a bit it
        breaks at once):
      </p>
      <ul class="plain">
        ${shortest(cells)}
      </ul>`,
  };
}
