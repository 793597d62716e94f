import { defects, type Defect } from '../../model/index.ts';
import { stories, type Story } from '../../conformance/findings/stories/index.ts';
import { lineOf } from '../../conformance/findings/letter.ts';
import { html, slug, type Html } from '../html/html.ts';
import { table, type Page } from '../html/page.ts';
import type { Cell } from '../review/report.ts';
import { findingPath, shownWord, traceLink } from './finding.ts';

function findingRow(story: Story, cells: readonly Cell[]): Html {
  const line = lineOf(story);
  const { id, title, of, kernels } = story;
  const seen = Object.entries(kernels).map(([name, what]) => `${name}: ${what}`);
  return html`<tr id="${slug(id)}">
    <th scope="row"><a href="${findingPath(story)}">${title}</a></th>
    <td>${of === 'kernel' ? 'the kernel' : 'a user program'}</td>
    <td><a href="contract.html#line-${line.number}">${line.number} (${line.source.standing})</a></td>
    <td>${shownWord(story)}; ${seen.join('; ')}</td>
    <td>${traceLink(story, cells, '')}</td>
  </tr>`;
}

/** What a reader can do with a defect: run it, or read why not. */
function wayOf({ id, expressed, breaks, because }: Defect): Html {
  const why = because === undefined ? html`` : html`<div class="quiet">${because}</div>`;
  switch (expressed.kind) {
    case 'mutant':
      return html`<code>--mutant ${id}</code>${breaks ? html` breaks ${breaks}` : html`: no property is lost`}${why}`;
    case 'variant':
      return html`<code>check ${expressed.scenario}</code>, ${expressed.variant}, breaks ${breaks ?? ''}${why}`;
    case 'shipped':
      return html`Linux 7.3 has it: no property is lost${why}`;
    case 'not-yet':
      return html`<span class="quiet">not in the model yet: it takes ${expressed.needs}</span>`;
  }
}

function defectRow(defect: Defect): Html {
  const { id, says, where, history } = defect;
  return html`<tr id="${slug(id)}">
    <th scope="row">
      <div class="says">
        <code><b>${id}</b></code>
        <div>${says}</div>
        <div class="quiet small"><span class="mono">${where.path} ${where.name}()</span>, ${history}</div>
      </div>
    </th>
    <td>${wayOf(defect)}</td>
  </tr>`;
}

/** What the checker found in shipped kernels, and the defects of the past that it is held to. */
export function defectsPage(cells: readonly Cell[]): Page {
  const expressed = defects.filter((defect) => defect.expressed.kind !== 'not-yet').length;
  return {
    path: 'defects.html',
    title: 'Findings and defects',
    lead: html`What Linux 7.3 does against a promise, each with what a test runs on a real kernel to show it, and
    ${defects.length} defects of the past, ${expressed} of which can be put back in this model.`,
    body: html`${table(
        'Findings in Linux 7.3',
        ['what happens', 'whose', 'line', 'shown by', 'in the model'],
        stories.map((story) => findingRow(story, cells)),
      )}
      <p>
        <code>npx faultline mutants</code> puts the defects back one by one, and says what finds each: a property, a
        recorded kernel, both or neither.
      </p>
      ${table('Real defects of WP and RWP', ['defect', 'in this model'], defects.map(defectRow))}`,
  };
}
