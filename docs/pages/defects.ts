import { findings } from '../../conformance/findings/findings.ts';
import { lostWakeUps, type LostWakeUp } from '../../conformance/findings/forced/schedules.ts';
import { defects, type Defect } from '../../model/index.ts';
import { html, slug, type Html } from '../html/html.ts';
import { table, type Page } from '../html/page.ts';
import { badge, tracePath } from '../review/shown.ts';
import type { Cell } from '../review/report.ts';

/** How a finding was shown on a kernel. */
const ways = {
  'in-window': 'the last look is taken while the entry is empty for a moment',
  around: 'the page arrives read-only from a migration that began before it was unprotected',
  'after-window': '',
  unmoved: '',
} as const;

/** The way to the counterexample in the report, where the report has it. */
function traceLink(
  cells: readonly Cell[],
  at: { readonly scenario: string; readonly variant: string; readonly property: string },
): Html {
  const cell = cells.find(({ scenario, design }) => scenario === at.scenario && design === 'linux-7.3');
  const answer = cell?.results.find(({ variant, property }) => variant === at.variant && property === at.property);
  if (!cell || answer?.verdict !== 'violated') return html`<span class="quiet">not in this report</span>`;
  return badge('violated', answer.property, ` ${answer.steps ?? ''}`, tracePath(cell, answer));
}

function lostRow({ look, mode, mover, scenario, variant }: LostWakeUp, cells: readonly Cell[]): Html {
  return html`<tr>
    <th scope="row">${mode.toUpperCase()}, ${mover}: a fault whose message nobody has read sleeps past its wake-up</th>
    <td>the kernel</td>
    <td>SF</td>
    <td>${ways[look]}; conformance/findings/forced forces it on a kernel</td>
    <td>${traceLink(cells, { scenario, variant, property: 'SF' })}</td>
  </tr>`;
}

function findingRows(cells: readonly Cell[]): readonly Html[] {
  const sequences = findings.map(
    ({ says, of, property, scenario, variant, operations }) =>
      html`<tr>
        <th scope="row">${says}</th>
        <td>${of === 'kernel' ? 'the kernel' : 'a user program'}</td>
        <td>${property}</td>
        <td class="mono small">${operations.join(' | ')}</td>
        <td>${traceLink(cells, { scenario, variant, property })}</td>
      </tr>`,
  );
  return [...sequences, ...lostWakeUps.map((lost) => lostRow(lost, cells))];
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
    lead: html`What the checker finds in Linux 7.3, each with what a test runs on a real kernel to show it, and
    ${defects.length} defects of the past, ${expressed} of which can be put back in this model.`,
    body: html`${table('Findings in Linux 7.3', ['what happens', 'whose', 'property', 'shown by', 'in the model'], findingRows(cells))}
      <p>
        <code>npx faultline mutants</code> puts the defects back one by one, and says what finds each: a property, a
        recorded kernel, both or neither.
      </p>
      ${table('Real defects of WP and RWP', ['defect', 'in this model'], defects.map(defectRow))}`,
  };
}
