import { scenarios, isScenarioName, worthTelling } from '../../model/index.ts';
import { designNames, designs, properties, propertyIds } from '../../spec/index.ts';
import { html, slug, type Html } from '../html/html.ts';
import { table, type Page } from '../html/page.ts';
import { verdicts, type Answer, type Cell } from '../review/report.ts';
import {
  answerAnchor,
  badge,
  cellPath,
  count,
  meanings,
  plural,
  statesSearched,
  tracePath,
  worst,
} from '../review/shown.ts';

const unique = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

/** The answers of one cell of the table, each with its badge and its way on. */
function answers(cell: Cell, of: readonly Answer[]): Html {
  const badges = of.filter(worthTelling).map((answer) => {
    const detail = answer.steps === null ? '' : `, ${plural(answer.steps, 'step')}`;
    const to = answer.verdict === 'violated' ? tracePath(cell, answer) : `${cellPath(cell)}#${answerAnchor(answer)}`;
    return html`<li>${badge(answer.verdict, answer.property, detail, to)}</li>`;
  });
  return html`<ul class="plain">
    ${badges}
  </ul>`;
}

function refusal(cell: Cell, variant: string): Html | undefined {
  const refused = cell.options.find((option) => option.variant === variant)?.notApplicable ?? [];
  if (refused.length === 0) return undefined;
  return html`<div class="quiet small">not applicable: refused (${refused.join(', ')})</div>`;
}

function overviewCell(cell: Cell | undefined): Html {
  if (cell === undefined) return html`<td class="quiet">not in this report</td>`;
  if (cell.skipped !== undefined) return html`<td class="quiet small">not run: ${cell.skipped}</td>`;
  const told = cell.results.filter(worthTelling);
  const badges = unique(told.map((answer) => answer.property)).map((property) => {
    const of = told.filter((answer) => answer.property === property);
    const word = worst(of);
    if (word === undefined) return undefined;
    const to = `${cellPath(cell)}#${answerAnchor(of.find((answer) => answer.verdict === word) as Answer)}`;
    return html`<li>${badge(word, property, '', to)}</li>`;
  });
  const refused = unique(cell.options.flatMap((option) => option.notApplicable));
  return html`<td>
    <ul class="plain">
      ${badges}
    </ul>
    ${refused.length > 0 ? html`<div class="quiet small">not applicable: refused (${refused.join(', ')})</div>` : ''}
  </td>`;
}

function scenarioSection(name: string, cells: readonly Cell[], shown: readonly string[]): Html {
  const of = (design: string): Cell | undefined => cells.find((cell) => cell.design === design);
  const says = isScenarioName(name) ? html`<p>${scenarios[name].says}.</p>` : '';
  const variants = unique(cells.flatMap((cell) => cell.options.map((option) => option.variant)));
  const rows = variants.map((variant) => {
    const columns = shown.map((design) => {
      const cell = of(design);
      if (!cell?.options.some((option) => option.variant === variant)) return html`<td class="quiet">–</td>`;
      const its = cell.results.filter((answer) => answer.variant === variant);
      return html`<td>${answers(cell, its)}${refusal(cell, variant)}</td>`;
    });
    return html`<tr>
      <th scope="row">${variant}</th>
      ${columns}
    </tr>`;
  });
  const skipped = cells.filter((cell) => cell.skipped !== undefined);
  const notRun = skipped.map((cell) => html`<li>${cell.design}: not run: ${cell.skipped}</li>`);
  return html`<section>
    <h2 id="${slug(name)}">${name}</h2>
    ${says} ${variants.length > 0 ? table(`Verdicts of ${name}`, ['variant', ...shown], rows) : ''}
    ${
      notRun.length > 0
        ? html`<ul class="quiet small">
            ${notRun}
          </ul>`
        : ''
    }
  </section>`;
}

function legend(): Html {
  const rows = verdicts.toReversed().map(
    (word) =>
      html`<tr>
        <td>${badge(word)}</td>
        <td>${meanings[word]}</td>
      </tr>`,
  );
  const catalogue = propertyIds.map(
    (id) =>
      html`<tr>
        <th scope="row">${id}</th>
        <td>${properties[id].title}</td>
        <td>${properties[id].says}</td>
      </tr>`,
  );
  return html`<h2 id="verdicts">What the verdicts say</h2>
    ${table('The four verdicts', ['verdict', 'says'], rows)}
    <h2 id="properties">The properties</h2>
    ${table('The properties', ['id', 'in short', 'must hold'], catalogue)}`;
}

function designList(shown: readonly string[]): Html {
  const rows = designNames
    .filter((name) => shown.includes(name))
    .map(
      (name) =>
        html`<tr>
          <th scope="row">${name}</th>
          <td>${designs[name].says}</td>
          <td>${designs[name].source}</td>
        </tr>`,
    );
  return html`<h2 id="designs">The designs</h2>
    ${table('The designs', ['design', 'is', 'known from'], rows)}`;
}

/** The designs of a report, in the order of the debate; unknown ones last. */
export function designsOf(cells: readonly Cell[]): readonly string[] {
  const present = unique(cells.map((cell) => cell.design));
  const known = designNames.filter((name) => present.includes(name));
  return [...known, ...present.filter((name) => !(known as readonly string[]).includes(name))];
}

/** The verdict table: every design in every scenario, with a way to what is behind each verdict. */
export function reviewPage(cells: readonly Cell[]): Page {
  const plain = cells.filter((cell) => cell.mutant === null);
  const shown = designsOf(plain);
  const names = unique(plain.map((cell) => cell.scenario));
  const rows = names.map((name) => {
    const columns = shown.map((design) =>
      overviewCell(plain.find((cell) => cell.scenario === name && cell.design === design)),
    );
    return html`<tr>
      <th scope="row"><a href="#${slug(name)}">${name}</a></th>
      ${columns}
    </tr>`;
  });
  return {
    path: 'review.html',
    title: 'Design review',
    lead: html`${plural(shown.length, 'design')}, ${plural(names.length, 'scenario')}, ${count(statesSearched(plain))}
    states. Every verdict leads to what is behind it.`,
    body: html`<p>
        In each cell a property has the worst verdict of its variants; the variants are below.
        <a href="#verdicts">What the verdicts say</a>, <a href="#properties">the properties</a>,
        <a href="#designs">the designs</a>.
      </p>
      ${table('Verdicts of all scenarios', ['scenario', ...shown], rows)}
      ${names.map((name) =>
        scenarioSection(
          name,
          plain.filter((cell) => cell.scenario === name),
          shown,
        ),
      )}
      ${legend()}${designList(shown)}`,
  };
}
