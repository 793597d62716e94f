import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ScenarioName } from '../model/index.ts';
import { isDesignName, type DesignName } from '../spec/index.ts';
import { abridged, abridgedVariant } from './abridged.ts';
import { pictureOf } from './picture.ts';
import { readReport } from './review/report.ts';
import { computeCells } from './testing/fixture.ts';

const root = join(import.meta.dirname, '..');
const readme = join(root, 'README.md');
const report = join(root, 'out', 'review.json');

/** Left out of the table, which says so: it breaks wherever there is no bit, and hides the rest. */
const leftOut = ['I1'];

/** Scenarios that are small enough to be worked out here as `review` does, with two processors. */
const small: readonly ScenarioName[] = ['wp-plus-rwp', 'set-mode-vs-fault', 'unregister-vs-fault'];

/** The blocks of a page that are made by a command: what they say they show, and what they show. */
function blocks(kind: string): readonly (readonly [said: string, shown: string])[] {
  const fences = readFileSync(readme, 'utf8').matchAll(/```text (\w+)=(\S+)\n([\s\S]*?)\n```/gu);
  return [...fences].flatMap(([, name, said = '', shown = '']) => (name === kind ? [[said, shown] as const] : []));
}

/** `UPDATE_README=1` writes the blocks anew: the picture from a search, the table from the report of `npm start`. */
function update(said: string, shown: string): void {
  const text = readFileSync(readme, 'utf8');
  const fence = new RegExp(`(=${said}\n)[\\s\\S]*?(\n\`\`\`)`, 'u');
  writeFileSync(
    readme,
    text.replace(fence, (_, head: string, tail: string) => `${head}${shown}${tail}`),
  );
}

const updating = process.env['UPDATE_README'] === '1';

test('the picture in the README is a trace of today', () => {
  const found = blocks('trace');
  expect(found).toHaveLength(1);
  for (const [said, shown] of found) {
    const [scenario, design, property] = said.split('/') as [ScenarioName, DesignName, string];
    const [cell] = computeCells([scenario], [design], { properties: [property] });
    const trace = cell?.results.find((answer) => answer.property === property && answer.trace)?.trace;
    if (!trace) throw new Error(`${said} is no trace of today`);
    const picture = pictureOf(property, trace);
    if (updating) update(said, picture);
    expect(updating ? picture : shown).toBe(picture);
  }
});

test('the verdicts in the README are those of today, for the scenarios that are small enough', () => {
  const found = blocks('review');
  expect(found).toHaveLength(1);
  for (const [said, shown] of found) {
    const designs = said.split(',').filter(isDesignName);
    expect(designs.join(',')).toBe(said);
    if (updating && existsSync(report)) {
      update(said, abridged(readReport(JSON.parse(readFileSync(report, 'utf8')), report), designs, leftOut));
      continue;
    }
    for (const cell of computeCells(small, designs, { cpus: 2 })) {
      for (const { variant } of cell.options) {
        const word = abridgedVariant(cell, variant, leftOut);
        const row = rowOf(shown, cell.scenario, variant);
        const wordShown = row?.[designs.findIndex((design) => design === cell.design)] ?? 'holds';
        expect([cell.scenario, variant, cell.design, wordShown]).toEqual([cell.scenario, variant, cell.design, word]);
      }
    }
  }
}, 120_000);

/** The words of a row of the table; undefined where the table leaves the variant out, because everything holds. */
function rowOf(shown: string, scenario: string, variant: string): readonly string[] | undefined {
  const [head = '', ...lines] = shown.split('\n');
  const start = lines.indexOf(scenario);
  const end = lines.findIndex((line, i) => i > start && !line.startsWith(' '));
  const mine = start < 0 ? [] : lines.slice(start + 1, end < 0 ? undefined : end);
  const columns = [...head.matchAll(/\S+/gu)].map(({ index }) => index);
  const row = mine.find((line) => line.slice(0, columns[0]).trim() === variant);
  return row === undefined ? undefined : columns.map((at, i) => row.slice(at, columns[i + 1]).trim());
}
