import { html, type Html } from '../html/html.ts';
import { table, type Page } from '../html/page.ts';
import type { Answer, Cell, Option } from '../review/report.ts';
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

/** What was searched for one world, and how fast. */
function searchRow({ variant, states, transitions, seconds, modelHash, sameAs, unchanged }: Option): Html {
  const remarks = [
    ...(sameAs === undefined ? [] : [`searched for ${sameAs}, which is the same here`]),
    ...(unchanged ? ['the mutant changes nothing that is reachable'] : []),
  ];
  return html`<tr>
    <th scope="row">${variant}</th>
    <td>${count(states)}</td>
    <td>${count(transitions)}</td>
    <td>${seconds.toFixed(1)} s</td>
    <td>${seconds > 0 ? count(states / seconds) : '–'}</td>
    <td class="mono">${modelHash}</td>
    <td>${remarks.join('; ')}</td>
  </tr>`;
}

/** The size of a cell, for the head of its page. */
function sizeOf({ bounds }: Cell): string {
  if (bounds === null) return '';
  const all = bounds.full ? ', each of which reads and writes' : '';
  return `${plural(bounds.pages, 'page')} and ${plural(bounds.cpus, 'processor')}${all}: `;
}

/** Everything that came of one scenario for one design. */
export function cellPage(cell: Cell): Page {
  const refused = cell.options.filter((option) => option.notApplicable.length > 0);
  const head = ['variant', 'states', 'transitions', 'time', 'states a second', 'model', 'remarks'];
  return {
    path: cellPath(cell),
    title: cellName(cell),
    lead: html`${sizeOf(cell)}${plural(cell.states, 'state')}, ${plural(cell.transitions, 'transition')},
    ${cell.seconds.toFixed(1)} s.`,
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
      <h2>What was searched</h2>
      ${table(`Searches of ${cellName(cell)}`, head, cell.options.map(searchRow))}
      <p class="quiet small">The same steps, claims and start have the same model: a fingerprint of all of them.</p>
      <p><a href="../review.html">All verdicts</a></p>`,
  };
}
