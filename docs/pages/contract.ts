import { judgeSession, sessionModel, type JudgedClaim } from '../../conformance/contract/judge.ts';
import { countVerdicts, judgeContract, type JudgedLine, type RaceAnswer } from '../../conformance/contract/verdict.ts';
import { stories } from '../../conformance/findings/stories/index.ts';
import { kindsOf } from '../../model/sequential/session.ts';
import { designs, documents, standings } from '../../spec/index.ts';
import { html, type Html } from '../html/html.ts';
import { table, type Page } from '../html/page.ts';
import type { Cell } from '../review/report.ts';
import { badge } from '../review/shown.ts';
import { findingPath } from './finding.ts';

const shipped = 'linux-7.3';

/** Every claim over the states that are enough to meet every form of an entry. */
function judgedClaims(): readonly JudgedClaim[] {
  return kindsOf(designs[shipped]).flatMap((kind) => judgeSession(sessionModel(shipped, kind), 'nearby'));
}

/** What the report answers about Linux 7.3. */
function answersOf(cells: readonly Cell[]): readonly RaceAnswer[] {
  return cells
    .filter(({ design, mutant }) => design === shipped && mutant === null)
    .flatMap(({ scenario, options, results }) =>
      results.flatMap(({ variant, property, verdict, steps }) => {
        const refused = options.find((option) => option.variant === variant)?.notApplicable ?? [];
        const names = property === 'refusal' ? refused : [property];
        return names.map((name) => ({ scenario, variant, property: name, verdict, ...(steps !== null && { steps }) }));
      }),
    );
}

function sourceOf({ line: { source } }: JudgedLine): Html {
  switch (source.standing) {
    case 'P':
      return html`<span class="mono small">${documents[source.document]}</span>:
        “${source.sentence.replaceAll('``', '')}”
        ${source.beyond === undefined ? '' : html`<span class="quiet">(not: ${source.beyond})</span>`}`;
    case 'C':
      return html`<span class="mono small">${source.comment.path} ${source.comment.name}()</span>: ${source.says}`;
    case 'B':
      return html`<span class="quiet">nothing documents it</span>`;
  }
}

/** What was found against it, or how far it was looked at. */
function behind({ line: { judging }, claims, races, without }: JudgedLine): readonly string[] {
  const broken = [
    ...claims.flatMap((one) =>
      one.verdict === 'violated' ? [`${one.session}: ${one.operations.join(' | ')}: ${one.shows}`] : [],
    ),
    ...races.flatMap((one) =>
      one.verdict === 'violated'
        ? [`${one.property} in ${one.scenario} (${one.variant}), ${one.steps ?? ''} steps`]
        : [],
    ),
  ];
  const held = claims.filter(({ verdict }) => verdict === 'holds');
  const cases = held.reduce((sum, one) => sum + (one.verdict === 'holds' ? one.cases : 0), 0);
  const races2 = races.filter(({ verdict }) => verdict === 'holds');
  return [
    ...broken,
    ...(cases > 0
      ? [`${cases} cases in ${new Set(held.map(({ session }) => session)).size} kinds of session hold`]
      : []),
    ...(races2.length > 0 ? [`${races2.length} answers of the search hold`] : []),
    ...(judging.kind === 'not-yet'
      ? [judging.because]
      : judging.without === undefined
        ? []
        : [`not: ${judging.without}`]),
    ...without.map((id) => `not: ${id}`),
  ];
}

function rowOf(judged: JudgedLine): Html {
  const { line, verdict, findings } = judged;
  const found = stories.filter(({ id }) => findings.includes(id));
  return html`<tr id="line-${line.number}">
    <th scope="row">
      ${line.number}
      <div class="says">${line.says}</div>
    </th>
    <td>${line.source.standing}</td>
    <td>${sourceOf(judged)}</td>
    <td>${verdict === 'not judged' ? html`<span class="quiet">not judged</span>` : badge(verdict)}</td>
    <td>
      <ul class="plain small">
        ${behind(judged).map((text) => html`<li>${text}</li>`)}
        ${found.map((story) => html`<li><a href="${findingPath(story)}">finding: ${story.title}</a></li>`)}
      </ul>
    </td>
  </tr>`;
}

/** What user space is promised, line by line, and whether Linux 7.3 keeps it. */
export function contractPage(cells: readonly Cell[], claims: readonly JudgedClaim[] = judgedClaims()): Page {
  const lines = judgeContract(claims, answersOf(cells));
  const counts = Object.entries(countVerdicts(lines)).map(([verdict, count]) => `${count} ${verdict}`);
  const words = Object.entries(standings).map(
    ([letter, { means, violated }]) => html`<li><strong>${letter}</strong>: ${means}; a violation is ${violated}</li>`,
  );
  return {
    path: 'contract.html',
    title: 'The contract',
    lead: html`${lines.length} promises to user space, each with its source, and whether Linux 7.3 keeps it in this
    model: ${counts.join(', ')}.`,
    body: html`<ul class="plain">
        ${words}
      </ul>
      <p>
        A claim is judged of every operation in states at rest; here of those that are enough to meet every form of an
        entry. <code>npx faultline check contract --full</code> takes all states that can be reached, and searches the
        races. A verdict is about the model and its bounds; a finding is what a kernel did.
      </p>
      ${table('The contract', ['promise', 'standing', 'source', 'in the model', 'behind it'], lines.map(rowOf))}`,
  };
}
