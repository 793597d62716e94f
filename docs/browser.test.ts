import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildSite } from './site.ts';
import { smallReview, someClaims, vectorRun } from './testing/fixture.ts';

const executablePath = '/usr/bin/chromium';
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const reason = existsSync(executablePath) ? '' : ` (skipped: no ${executablePath})`;

describe.skipIf(reason !== '')(`the site in Chromium, from files${reason}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-site-test-'));
  let site: ReadonlyMap<string, string>;
  let browser: Browser;

  beforeAll(async () => {
    const review = { from: 'the fixture', json: smallReview() };
    site = await buildSite({
      review,
      vectors: [{ from: 'a run', json: vectorRun }],
      claims: someClaims(),
      apiPages: new Set(),
    });
    for (const [path, text] of site) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    browser = await chromium.launch({ executablePath, args });
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  test('every page opens without a complaint, fits a phone, and has its title', async () => {
    const complaints: string[] = [];
    const tab = await browser.newPage({ viewport: { width: 390, height: 800 } });
    tab.on('console', (message) => complaints.push(message.text()));
    tab.on('pageerror', (error) => complaints.push(error.message));
    tab.on('request', (request) => {
      if (!request.url().startsWith('file:') && !request.url().startsWith('data:')) complaints.push(request.url());
    });
    for (const path of site.keys()) {
      // oxlint-disable-next-line no-await-in-loop -- one tab, page by page
      await tab.goto(`file://${join(folder, path)}`);
      // oxlint-disable-next-line no-await-in-loop
      const [title, width] = await tab.evaluate<[string, number]>(
        '[document.querySelector("h1")?.textContent ?? "", document.documentElement.scrollWidth]',
      );
      expect(title, path).not.toBe('');
      expect(width, `${path} is wider than the window`).toBeLessThanOrEqual(390);
    }
    expect(complaints).toEqual([]);
  }, 60_000);

  test('the verdict table has a cell for each design and scenario, and a click on a violation shows its trace', async () => {
    const tab = await browser.newPage();
    await tab.goto(`file://${join(folder, 'review.html')}`);
    const table = tab.locator('table').first();
    expect(await table.locator('thead th').allTextContents()).toEqual([
      'scenario',
      'rfc-v2',
      'linux-7.3',
      'linux-6.18',
    ]);
    expect(await table.locator('tbody td').count()).toBe(9);
    await tab.locator('#reclaim-vs-fault ~ div a.violated', { hasText: 'LM' }).first().click();
    expect(await tab.locator('h1').textContent()).toBe('reclaim-vs-fault × rfc-v2: LM is violated');
    expect(await tab.locator('ol.trace > li').count()).toBeGreaterThan(5);
  });

  test('every region of every machine is a picture with something in it', async () => {
    const tab = await browser.newPage();
    await tab.goto(`file://${join(folder, 'machines-linux-7.3.html')}`);
    const sizes = await tab.evaluate<number[]>(
      '[...document.querySelectorAll(".diagram svg")].map((svg) => svg.getBoundingClientRect().width)',
    );
    expect(sizes).toHaveLength(15);
    expect(Math.min(...sizes)).toBeGreaterThan(100);
  });
});
