import { describeObservation } from '../../conformance/judge/describe.ts';
import type { RunResult, VectorResult } from '../../conformance/vectors/run.ts';
import { html, slug, type Html } from '../html/html.ts';
import { table, type Page } from '../html/page.ts';
import { count } from '../review/shown.ts';

/** The look of each outcome: that of the verdict which is as good or as bad. */
const looks = {
  agrees: ['holds', '✓'],
  disagrees: ['violated', '✗'],
  skipped: ['vacuous', '∅'],
  incomplete: ['incomplete', '…'],
} as const;

function resultCell(of: VectorResult | undefined): Html {
  if (of === undefined) return html`<td class="quiet">–</td>`;
  const [look, sign] = looks[of.result];
  const where =
    of.operation === undefined ? '' : `operation ${(of.step ?? 0) + 1}, ${of.operation}: seen ${of.seen ?? ''}`;
  const details = [of.because ?? '', where].filter((text) => text !== '').join('; ');
  const allowed = (of.allowed ?? []).map(
    ({ seen, because }) => html`<li>allowed: ${describeObservation(seen)}, because ${because.join(', ')}</li>`,
  );
  return html`<td>
    <span class="verdict ${look}">${sign} ${of.result}</span>${
      details === '' ? '' : html`<div class="quiet small">${details}</div>`
    }${
      allowed.length > 0
        ? html`<ul class="quiet small">
            ${allowed}
          </ul>`
        : ''
    }
  </td>`;
}

function summary(of: RunResult): Html {
  const counts = (['agrees', 'disagrees', 'skipped', 'incomplete'] as const).map(
    (name) => html`<td>${count(of.counts[name] ?? 0)}</td>`,
  );
  const troubles = [...(of.failure === undefined ? [] : [of.failure]), ...of.warnings];
  return html`<tr>
    <th scope="row">${of.kernel}</th>
    <td>${of.release}</td>
    <td>${of.design}</td>
    ${counts}
    <td>${of.bootSeconds.toFixed(1)} s</td>
    <td>${of.seconds.toFixed(1)} s</td>
    <td>${troubles.join('; ') || 'none'}</td>
  </tr>`;
}

/** For each kernel, the reasons of its skips and of what is incomplete, with how many vectors each explains. */
function reasons(of: RunResult): readonly Html[] {
  const counts = new Map<string, number>();
  for (const { result, because = '' } of of.results) {
    if (result === 'skipped' || result === 'incomplete') {
      const key = `${result}: ${because}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return [...counts].map(
    ([because, n]) =>
      html`<tr>
        <th scope="row">${of.kernel}</th>
        <td>${count(n)}</td>
        <td>${because}</td>
      </tr>`,
  );
}

/** What is not as the model says, and what was not judged. */
function notAgreeing(runs: readonly RunResult[]): Html {
  const rows = runs.flatMap((of) =>
    of.results
      .filter(({ result }) => result === 'disagrees')
      .map(
        (one) =>
          html`<tr>
            <th scope="row">${of.kernel}</th>
            <td class="mono">${one.id}</td>
            ${resultCell(one)}
          </tr>`,
      ),
  );
  const skipped = runs.flatMap(reasons);
  return html`<h2>Disagreements</h2>
    ${rows.length > 0 ? table('Disagreements', ['kernel', 'vector', 'result'], rows) : html`<p>None in these runs.</p>`}
    ${
      skipped.length > 0
        ? html`<h2>Not judged</h2>
            ${table('Not judged', ['kernel', 'vectors', 'why'], skipped)}`
        : ''
    }`;
}

const howTo = html`<pre>
npx faultline run --json &gt; out/run-running.json
npx faultline run --kernel 7.3 --json &gt; out/run-7.3.json
npx faultline docs --vectors out/run-running.json out/run-7.3.json</pre>`;

/** What the vectors found on each kernel, or which commands find it. */
export function vectorsPage(runs: readonly RunResult[]): Page {
  const lead =
    'A vector is a sequence of operations with all that the model allows to be seen after each. Real kernels are judged by it.';
  const base = { path: 'vectors.html', title: 'Vectors on real kernels', lead };
  if (runs.length === 0)
    return {
      ...base,
      body: html`<p>This site was made without results of vectors. These commands make them, and the site with them:</p>
        ${howTo}`,
    };
  const ids = [...new Set(runs.flatMap(({ results }) => results.map(({ id }) => id)))];
  const rows = ids.map(
    (id) =>
      html`<tr id="${slug(id)}">
        <th scope="row" class="mono">${id}</th>
        ${runs.map(({ results }) => resultCell(results.find((r) => r.id === id)))}
      </tr>`,
  );
  const head = [
    'kernel',
    'release',
    'judged by',
    'agrees',
    'disagrees',
    'skipped',
    'incomplete',
    'boot',
    'run',
    'complaints',
  ];
  return {
    ...base,
    body: html`<h2>Kernels</h2>
      ${table('Kernels', head, runs.map(summary))} ${notAgreeing(runs)}
      <h2>All vectors</h2>
      <p>
        A vector that needs an event passes only when the event was observed; else it is tried again, and then skipped
        with the reason.
      </p>
      ${table('Results by vector', ['vector', ...runs.map(({ kernel }) => kernel)], rows)}
      <h2>Make them again</h2>
      ${howTo}`,
  };
}
