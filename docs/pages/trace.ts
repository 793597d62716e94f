import { html, type Html } from '../html/html.ts';
import type { Page } from '../html/page.ts';
import type { Answer, Cell } from '../review/report.ts';
import { badge, cellName, cellPath, plural, tracePath } from '../review/shown.ts';
import { isEntry, isGhost, readTrace, type ShownStep } from '../review/trace-text.ts';

function change([name, what]: readonly [string, string]): Html {
  const kind = isGhost(name) ? 'ghost' : isEntry(name) ? 'entry' : '';
  return html`<li class="mono ${kind}">${name}: ${what.replace(' -> ', ' → ')}</li>`;
}

function stepItem({ actor, kernelFunction, says, changes }: ShownStep, index: number): Html {
  const does = kernelFunction === undefined ? '' : html`<code>${kernelFunction}()</code> `;
  return html`<li>
    <span class="n">${index + 1}</span><span class="actor">${actor}</span>
    <div class="what">
      ${does}${says}${
        changes.length > 0
          ? html`<ul class="changes">
              ${changes.map(change)}
            </ul>`
          : ''
      }
    </div>
  </li>`;
}

/** A counterexample: the claim first, then every step with what it changed, the replay line last. */
export function tracePage(cell: Cell, answer: Answer): Page {
  const { claim, model, steps, replay } = readTrace(answer.trace?.text ?? '');
  return {
    path: tracePath(cell, answer),
    title: `${cellName(cell)}: ${answer.property} is violated`,
    lead: html`${plural(steps.length, 'step')} of ${answer.variant}. Back to
      <a href="../${cellPath(cell)}">all that came of it</a>.`,
    body: html`<p class="claim">${badge('violated')} ${claim}</p>
      <p class="quiet">${model}</p>
      <p class="small">
        Each step is who did what in which kernel function, then what it changed:
        <span class="mono entry">the page-table entry</span>, <span class="mono">locks, TLBs and locals</span>, and
        <span class="mono ghost">ghosts</span>, which keep what was promised and which nothing of the kernel reads.
      </p>
      <ol class="trace">
        ${steps.map(stepItem)}
      </ol>
      <h2>Replay it</h2>
      <pre class="wrap">${replay}</pre>`,
  };
}
