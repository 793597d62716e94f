import { choicesOf } from '../../checker/index.ts';
import { html, type Html } from '../html/html.ts';
import type { Page } from '../html/page.ts';
import type { Answer, Cell, Step, StepChange, Trace } from '../review/report.ts';
import { badge, cellName, cellPath, isEntry, isGhost, plural, tracePath } from '../review/shown.ts';

function changeItem(change: StepChange): Html {
  const kind = isGhost(change) ? 'ghost' : isEntry(change) ? 'entry' : '';
  return html`<li class="mono ${kind}">${change.name}: ${change.from} → ${change.to}</li>`;
}

function stepItem(step: Step, index: number): Html {
  const { actor, function: name, says, changes } = step;
  const does = name === undefined ? '' : html`<code>${name}()</code> `;
  const choices = choicesOf(step);
  return html`<li>
    <span class="n">${index + 1}</span><span class="actor">${actor}</span>
    <div class="what">
      ${does}${says}${choices.length > 0 ? ` [${choices.join(', ')}]` : ''}${
        changes.length > 0
          ? html`<ul class="changes">
              ${changes.map(changeItem)}
            </ul>`
          : ''
      }
    </div>
  </li>`;
}

/** A counterexample: the claim first, then every step with what it changed, the replay line last. */
export function tracePage(cell: Cell, answer: Answer, { claim, shortest, explained, replay }: Trace): Page {
  return {
    path: tracePath(cell, answer),
    title: `${cellName(cell)}: ${answer.property} is violated`,
    lead: html`${plural(explained.length, 'step')} of ${answer.variant}${shortest === 'proved' ? ', none shorter' : ''}.
      Back to <a href="../${cellPath(cell)}">all that came of it</a>.`,
    body: html`<p class="claim">${badge('violated', answer.property)} ${claim}</p>
      <p class="small">
        Each step is who did what in which kernel function, then what it changed:
        <span class="mono entry">the page-table entry</span>, <span class="mono">locks, TLBs and locals</span>, and
        <span class="mono ghost">ghosts</span>, which keep what was promised and which nothing of the kernel reads.
      </p>
      <ol class="trace">
        ${explained.map(stepItem)}
      </ol>
      <h2>Replay it</h2>
      <pre class="wrap">${replay}</pre>`,
  };
}
