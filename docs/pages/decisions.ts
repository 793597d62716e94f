import {
  decisionAnchors,
  decisionValues,
  designNames,
  designs,
  type Decisions,
  type Features,
} from '../../spec/index.ts';
import { decisionSentences } from '../decision-sentences.ts';
import { html, slug, type Html } from '../html/html.ts';
import { table, type Page } from '../html/page.ts';

const shipped = 'linux-7.3';

const word = (value: string | boolean): string => (typeof value === 'string' ? value : value ? 'yes' : 'no');

function rowOf(name: keyof Decisions, says: string): Html {
  const usual = designs[shipped].decisions[name];
  const values = designNames.map((design) => {
    const value = designs[design].decisions[name];
    return value === usual ? html`<td>${word(value)}</td>` : html`<td><strong>≠ ${word(value)}</strong></td>`;
  });
  const { path, name: kernelFunction } = decisionAnchors[name];
  const choices = decisionValues[name].map(word).join(' | ');
  return html`<tr id="${slug(name)}">
    <th scope="row">
      <div class="says">
        <code><b>${name}</b></code
        >: ${choices}
        <div>${says}</div>
        <div class="quiet small mono">${path} ${kernelFunction}()</div>
      </div>
    </th>
    ${values}
  </tr>`;
}

/** What each feature of a design is called on the page. */
const featureNames: { readonly [F in keyof Features]: string } = {
  wp: 'WP',
  wpAsync: 'WP async',
  rwp: 'RWP',
  rwpAsync: 'RWP async',
  setMode: 'SET_MODE',
  move: 'MOVE',
  scan: 'PAGEMAP_SCAN',
};

function featureRow(feature: keyof Features): Html {
  const cells = designNames.map((design) =>
    designs[design].features[feature] ? html`<td>has it</td>` : html`<td class="quiet">–</td>`,
  );
  return html`<tr>
    <th scope="row">${featureNames[feature]}</th>
    ${cells}
  </tr>`;
}

/** Every decision with its sentence and its anchor, and how each design takes it. */
export function decisionsPage(): Page {
  const sentences = decisionSentences();
  const names = Object.keys(decisionValues) as (keyof Decisions)[];
  return {
    path: 'decisions.html',
    title: 'The decisions',
    lead: html`${names.length} points at which designs, kernel versions or bugs differ. A design is one record of them.`,
    body: html`<p>
        <strong>≠</strong> marks what differs from ${shipped}. A decision taken otherwise is a mutant:
        <code>npx faultline check reclaim-vs-fault --mutant swapInRestoresNoAccess=false</code> asks whether that hunk
        is needed. A decision about an operation that a design lacks has a value too, and no effect: no scenario runs
        what a design lacks.
      </p>
      ${table('What each design offers', ['operation', ...designNames], (Object.keys(featureNames) as (keyof Features)[]).map(featureRow))}
      ${table(
        'Decisions by design',
        ['decision', ...designNames],
        names.map((name) => rowOf(name, sentences.get(name) ?? '')),
      )}`,
  };
}
