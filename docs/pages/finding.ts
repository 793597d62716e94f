import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findings } from '../../conformance/findings/findings.ts';
import { lostWakeUps } from '../../conformance/findings/forced/schedules.ts';
import { letter, lineOf, promise, whatItIs } from '../../conformance/findings/letter.ts';
import { programsFolder } from '../../conformance/findings/programs.ts';
import { lostId } from '../../conformance/findings/stories/checker.ts';
import type { Story } from '../../conformance/findings/stories/index.ts';
import { html, slug, type Html } from '../html/html.ts';
import { table, type Page } from '../html/page.ts';
import type { Cell } from '../review/report.ts';
import { badge, tracePath } from '../review/shown.ts';

/** The page of a finding. */
export const findingPath = ({ id }: Story): string => `findings/${slug(id)}.html`;

/** How a finding is shown, in a word. */
export function shownWord({ shownBy }: Story): string {
  return { program: 'a C program', sequence: 'a sequence', schedule: 'a forced schedule' }[shownBy.kind];
}

/** Where the checker finds it: a world and a property. */
function worldOf({ id }: Story): { scenario: string; variant: string; property: string } | undefined {
  const sequence = findings.find((finding) => finding.id === id);
  if (sequence !== undefined) return sequence;
  const lost = lostWakeUps.find((one) => lostId(one) === id);
  return lost && { scenario: lost.scenario, variant: lost.variant, property: 'SF' };
}

/** The way to the counterexample in the report, where the checker finds it and the report has it. */
export function traceLink(story: Story, cells: readonly Cell[], root: string): Html {
  const at = worldOf(story);
  if (at === undefined) return html`<span class="quiet">shown on kernels only</span>`;
  const cell = cells.find(({ scenario, design }) => scenario === at.scenario && design === 'linux-7.3');
  const answer = cell?.results.find(({ variant, property }) => variant === at.variant && property === at.property);
  if (!cell || answer?.verdict !== 'violated') return html`<span class="quiet">not in this report</span>`;
  return badge('violated', answer.property, ` ${answer.steps ?? ''}`, root + tracePath(cell, answer));
}

/** A source file, or nothing where the package has none. */
function sourceOf(name: string): string {
  const file = join(programsFolder, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** What somebody else needs to show it. */
function reproducer({ id, shownBy }: Story): Html {
  switch (shownBy.kind) {
    case 'program':
      return html`<p>
          <code>gcc -static -pthread conformance/findings/programs/${id}.c</code>: it exits 0 when the kernel does it, 1
          when it does not, 4 when it cannot be asked; with the argument <code>control</code> the one thing is changed.
        </p>
        <pre>${sourceOf(`${id}.c`)}</pre>
        <p class="quiet">What the programs share: <code>conformance/findings/programs/finding.h</code>.</p>`;
    case 'sequence': {
      const { pages, operations } = findings.find((finding) => finding.id === id) ?? { pages: '', operations: [] };
      return html`<p>The operations, as a line for the runner of <code>conformance/runner</code>:</p>
        <pre class="wrap">echo '1 ${pages} ${operations.join(' | ')}' | runner</pre>`;
    }
    case 'schedule':
      return html`<p>
        <code>conformance/findings/forced</code> forces it: a debugger stops three processors of a guest and lets them
        go one at a time. It says that the kernel can, not how often.
      </p>`;
  }
}

/** Everything about one finding, and a text for the list. */
export function findingPage(story: Story, cells: readonly Cell[]): Page {
  const { title, says, of, kernels, control, cause, live } = story;
  const line = lineOf(story);
  const rows: readonly (readonly [string, Html | string])[] = [
    ['What is promised', html`<a href="../contract.html#line-${line.number}">Line ${line.number}</a>: ${line.says}`],
    ['Its source', promise(story)],
    ['What this is', `${of === 'kernel' ? 'of the kernel' : 'of user programs'}: ${whatItIs(story)}`],
    [
      'Seen on',
      Object.entries(kernels)
        .map(([name, what]) => `Linux ${name}: ${what}`)
        .join('; '),
    ],
    ['The control', control],
    ['Why the kernel does it', cause],
    ['What user space can do', live],
    ['In the model', traceLink(story, cells, '../')],
  ];
  return {
    path: findingPath(story),
    title: `Finding: ${title}`,
    lead: says,
    body: html`${table(
        'About this finding',
        ['', ''],
        rows.map(
          ([name, text]) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${text}</td>
            </tr>`,
        ),
      )}
      <h2>Reproducer</h2>
      ${reproducer(story)}
      <h2>For the list</h2>
      <pre>${letter(story)}</pre>
      <p><a href="../defects.html">All findings</a></p>`,
  };
}
