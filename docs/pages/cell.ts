import { html, type Html } from '../html/html.ts';
import { table, type Page } from '../html/page.ts';
import type { Answer, Cell } from '../review/report.ts';
import { answerAnchor, badge, cellName, cellPath, count, plural, tracePath } from '../review/shown.ts';

const list = (items: readonly Html[]): Html =>
  html`<ul class="plain">
    ${items.map((item) => html`<li>${item}</li>`)}
  </ul>`;

/** What is behind a verdict: the trace, what was missing, how far the search got, or the bounds. */
function behind(cell: Cell, answer: Answer): Html {
  switch (answer.verdict) {
    case 'violated':
      return html`<a href="../${tracePath(cell, answer)}">${plural(answer.steps ?? 0, 'step')}</a>:
        ${answer.trace?.claim}`;
    case 'vacuous':
      return list([
        ...(answer.missing ?? []).map((witness) => html`never: ${witness}`),
        ...(answer.neverFired ?? []).map((rule) => html`never fired: <code>${rule}</code>`),
      ]);
    case 'incomplete': {
      const { states = 0, depth = 0, frontier = 0 } = answer.reached ?? {};
      return html`stopped by ${answer.stoppedBy} at ${plural(states, 'state')}, depth ${depth}, ${count(frontier)}
      waiting`;
    }
    case 'holds': {
      const bounds = Object.entries(answer.bounds ?? {}).map(([name, value]) => `${name}: ${value}`);
      return html`${answer.method} search; ${bounds.join('; ')}`;
    }
  }
}

function rowOf(cell: Cell, answer: Answer): Html {
  return html`<tr id="${answerAnchor(answer)}">
    <th scope="row">${answer.variant}</th>
    <td>${answer.property}</td>
    <td>${badge(answer.verdict)}</td>
    <td>${behind(cell, answer)}</td>
  </tr>`;
}

/** Everything that came of one scenario for one design. */
export function cellPage(cell: Cell): Page {
  const refused = cell.options.filter((option) => option.notApplicable.length > 0);
  const rate = cell.seconds > 0 ? cell.states / cell.seconds : 0;
  const size =
    cell.bounds === null ? '' : `${plural(cell.bounds.pages, 'page')} and ${plural(cell.bounds.cpus, 'processor')}: `;
  return {
    path: cellPath(cell),
    title: cellName(cell),
    lead: html`${size}${plural(cell.states, 'state')}, ${plural(cell.transitions, 'transition')},
    ${cell.seconds.toFixed(1)} s${rate > 0 ? `, ${count(rate)} states a second` : ''}.`,
    body: html`${table(
        `Verdicts of ${cellName(cell)}`,
        ['variant', 'property', 'verdict', 'behind it'],
        cell.results.map((answer) => rowOf(cell, answer)),
      )}
      ${refused.map(
        ({ variant, notApplicable }) =>
          html`<p>
            ${variant}: the design refuses the registration, and the refusal is what was checked. Not applicable:
            refused: ${notApplicable.join(', ')}.
          </p>`,
      )}
      <p class="quiet small">
        Model <span class="mono">${cell.modelHash}</span>: the same steps, claims and start have the same hash.
      </p>
      <p><a href="../review.html">All verdicts</a></p>`,
  };
}
