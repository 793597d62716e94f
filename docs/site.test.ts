import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stories } from '../conformance/findings/stories/index.ts';
import { defects } from '../model/index.ts';
import { contract } from '../spec/index.ts';
import { escapeHtml } from './html/html.ts';
import { findingPath } from './pages/finding.ts';
import { buildSite } from './site.ts';
import type { Cell, Step } from './review/report.ts';
import { answerAnchor, cellPath, count, tracePath } from './review/shown.ts';
import { linksOf, smallReview, someClaims, vectorRun } from './testing/fixture.ts';

const cells = smallReview();
const glossary = readFileSync(join(import.meta.dirname, 'glossary.md'), 'utf8');
const types = [...glossary.matchAll(/\.\.\/(\S+)\.ts#(\w+)/gu)];
const apiPages = new Set([
  'index.html',
  ...types.map(([, file, name]) => `interfaces/${file?.replace(/\/index$/u, '').replaceAll('/', '_')}.${name}.html`),
]);
const input = {
  review: { from: 'the fixture', json: cells },
  vectors: [{ from: 'a run', json: vectorRun }],
  claims: someClaims(),
  apiPages,
};
const site = await buildSite(input);
const page = (path: string): string => site.get(path) ?? '';
const violated = cells.flatMap((cell) =>
  cell.results.filter(({ verdict }) => verdict === 'violated').map((answer) => ({ cell, answer })),
);

/** Every link of a site that leads nowhere, as `from -> to`; the API pages stand beside it. */
function broken(pages: ReadonlyMap<string, string>): readonly string[] {
  return [...pages].flatMap(([path, text]) =>
    linksOf(text)
      .filter((to) => !to.startsWith('data:'))
      .filter((to) => {
        const [file = '', anchor = ''] = to.split('#');
        const target = file === '' ? path : posix.join(posix.dirname(path), file);
        if (target.startsWith('api/')) return !apiPages.has(target.slice('api/'.length));
        const there = pages.get(target);
        return there === undefined || (anchor !== '' && !there.includes(` id="${anchor}"`));
      })
      .map((to) => `${path} -> ${to}`),
  );
}

describe('the site', () => {
  test('has no link that leads nowhere', () => {
    expect([...site.values()].flatMap(linksOf).length).toBeGreaterThan(200);
    expect(broken(site)).toEqual([]);
    expect(broken(new Map([['a.html', '<a href="b.html">b</a> <a href="#c">c</a>']]))).toEqual([
      'a.html -> b.html',
      'a.html -> #c',
    ]);
  });

  test('asks for nothing from elsewhere, and runs no script', () => {
    for (const [path, text] of site) {
      expect(text, path).not.toMatch(/<script| src=|@import|url\(|<link(?! rel="icon" href="data:,")/u);
      expect(linksOf(text).filter((to) => /^(?!data:)[a-z]+:|^\//u.test(to))).toEqual([]);
    }
  });

  test('says each verdict in a word, and why where there is none', () => {
    const review = page('review.html');
    for (const word of ['✓ holds', '✗ violated', '∅ vacuous', '… incomplete']) expect(review).toContain(word);
    expect(review).toContain('not applicable: refused (FP, LM, SF, I1)');
    expect(review).toContain('not run: the design has no RWP');
  });

  test('leads from each violated answer to its trace: the claim first, every step, the replay line last', () => {
    expect(violated.length).toBeGreaterThan(1);
    for (const { cell, answer } of violated) {
      const path = tracePath(cell, answer);
      const text = page(path);
      expect(page('review.html')).toContain(`href="${path}"`);
      expect(text.match(/<span class="n">/gu)).toHaveLength(answer.steps ?? -1);
      expect(text.indexOf('class="claim"')).toBeLessThan(text.indexOf('class="trace"'));
      expect(text.match(/→/gu) ?? []).toHaveLength(
        answer.trace?.explained.flatMap(({ changes }) => changes).length ?? -1,
      );
      const [, last] = /<pre class="wrap">([^<]*)<\/pre>\s*<\/main>/u.exec(text) ?? [];
      expect(last).toBe(answer.trace?.replay);
    }
  });

  test('leads from each other answer to what is behind it', () => {
    const behind = {
      vacuous: /never(?: fired)?: /u,
      incomplete: /stopped by \w+ at [\d\u202F]+ states/u,
      holds: /full search; pages: 1/u,
    };
    for (const cell of cells) {
      for (const answer of cell.results) {
        if (answer.verdict === 'violated') continue;
        const row = page(cellPath(cell))
          .split(`id="${answerAnchor(answer)}"`)[1]
          ?.split('</tr>')[0];
        expect(row, answerAnchor(answer)).toMatch(behind[answer.verdict]);
      }
    }
  });

  test('says of each world how many states were searched, and how fast', () => {
    for (const cell of cells) {
      const text = page(cellPath(cell));
      for (const { variant, states, seconds, modelHash } of cell.options) {
        const row = text.split('What was searched')[1]?.split(`>${variant}</th>`)[1]?.split('</tr>')[0];
        expect(row).toContain(`<td>${count(states)}</td>`);
        expect(row).toContain(`<td>${seconds > 0 ? count(states / seconds) : '–'}</td>`);
        expect(row).toContain(modelHash);
      }
    }
  });

  test('counts a world that is the same for two designs once, and says for which it was searched', async () => {
    const [first, ...others] = cells;
    if (first === undefined) throw new Error('the fixture is empty');
    const same = first.options.map((option) => ({ ...option, sameAs: 'linux-7.3' }));
    const json = [{ ...first, options: same }, ...others];
    const again = await buildSite({ ...input, review: { from: 'x', json } });
    expect(again.get(cellPath(first))).toContain('searched for linux-7.3, which is the same here');
    expect(page('index.html')).toContain(`${count(cells.reduce((n, cell) => n + cell.states, 0))} states.`);
    expect(again.get('index.html')).toContain(`${count(others.reduce((n, cell) => n + cell.states, 0))} states.`);
  });

  test('says where every processor reads and writes', async () => {
    const json = cells.map((cell) => ({ ...cell, bounds: cell.bounds && { ...cell.bounds, full: true } }));
    const full = await buildSite({ ...input, review: { from: 'x', json } });
    const path = cellPath(cells[0] as Cell);
    expect(full.get(path)).toContain('1 page and 1 processor, each of which reads and writes: ');
    expect(page(path)).toContain('1 page and 1 processor: ');
  });

  test('shows every finding and every defect, and leads from a finding to its counterexample', () => {
    const defectsShown = page('defects.html');
    expect(defects.filter(({ id }) => !defectsShown.includes(`>${id}<`))).toEqual([]);
    const cell = cells.find(
      ({ scenario, design }) => scenario === 'reclaim-vs-fault' && design === 'linux-7.3',
    ) as Cell;
    const variant = 'rwp sync, unread';
    const answer = cell.results.find((r) => r.variant === variant && r.property === 'SF');
    if (answer === undefined) throw new Error('the fixture does not judge it');
    expect(linksOf(defectsShown)).toContain(tracePath(cell, answer));
    expect(defectsShown).toContain('not in this report');
  });

  test('gives each finding a page, with its promise, its reproducer and a text for the list', () => {
    const paths = stories.map(findingPath);
    expect(linksOf(page('defects.html'))).toEqual(expect.arrayContaining(paths));
    for (const story of stories) {
      const text = page(findingPath(story));
      expect(linksOf(text)).toContain(`../contract.html#line-${story.line}`);
      expect(text).toContain('Subject: userfaultfd: ');
      const { kind } = story.shownBy;
      expect(text).toContain({ program: 'int main(', sequence: '| runner', schedule: 'a debugger stops' }[kind]);
    }
  });

  test('has a row for each line of the contract, with its source and what breaks it', () => {
    const text = page('contract.html');
    for (const { number, says } of contract) {
      const row = text.split(` id="line-${number}"`)[1]?.split('</tr>')[0];
      expect(row).toContain(escapeHtml(says));
    }
    const row = text.split(' id="line-35"')[1]?.split('</tr>')[0] ?? '';
    expect(row).toContain('✗ violated');
    expect(linksOf(row)).toContain('findings/unregister-leaves-wp-sleeper.html');
  });

  test('shows what the vectors found, and which command makes it where nothing is given', async () => {
    const text = page('vectors.html');
    expect(text).toContain('operation 3, touch 0 w: seen blocked');
    expect(text).toContain('no &lt;swap&gt;');
    const without = await buildSite({ ...input, vectors: [] });
    expect(without.get('vectors.html')).toContain('npx faultline run --kernel 7.3 --json');
  });

  test('escapes whatever a report says', async () => {
    const bad = `<script>alert("1")</script>&'`;
    const badly = (step: Step): Step => ({ ...step, says: bad, changes: step.changes.map((c) => ({ ...c, to: bad })) });
    const json = cells.map((cell) => ({
      ...cell,
      design: cell.design + bad,
      ...(cell.skipped !== undefined && { skipped: bad }),
      results: cell.results.map((answer) => ({
        ...answer,
        ...(answer.missing && { missing: [bad] }),
        ...(answer.trace && { trace: { ...answer.trace, claim: bad, explained: answer.trace.explained.map(badly) } }),
      })),
    }));
    const run = { ...vectorRun, kernel: bad, results: vectorRun.results.map((r) => ({ ...r, because: bad })) };
    const escaped = await buildSite({ ...input, review: { from: 'x', json }, vectors: [{ from: 'x', json: run }] });
    for (const [path, text] of escaped) expect(text, path).not.toContain('<script');
    expect(escaped.get('review.html')).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;');
  });

  test('refuses what is no report, and what is no run, in one line', async () => {
    const notReport = buildSite({ ...input, review: { from: 'x.json', json: [{ schemaVersion: 2 }] } });
    await expect(notReport).rejects.toThrow(/^x\.json is not a report of 'faultline review --json': [^\n]+$/u);
    const json = cells.map((cell) => ({ ...cell, results: cell.results.map((r) => ({ ...r, trace: null })) }));
    const notWhole = buildSite({ ...input, review: { from: 'x.json', json } });
    await expect(notWhole).rejects.toThrow(/^x\.json is not whole: \w+ in \S+ × \S+ has no trace$/u);
    const notRun = buildSite({ ...input, vectors: [{ from: 'y.json', json: {} }] });
    await expect(notRun).rejects.toMatchObject({ name: 'UsageError' });
  });
});
