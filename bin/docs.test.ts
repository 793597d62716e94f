import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { run } from './testing/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'faultline-docs-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const out = join(folder, 'site');

describe('docs', () => {
  test('writes a site from a report, and takes the runs of vectors that are beside it', async () => {
    const cell = await run('check', 'wp-plus-rwp', '--cpus', '1', '--json');
    const report = file('review.json', `[${cell.stdout}]`);
    const counts = { agrees: 0, disagrees: 0, skipped: 0, incomplete: 0 };
    const vectors = { schemaVersion: 1, kernel: 'none', release: '0', design: 'linux-7.3', outcome: 'skipped', counts };
    file(
      'run-none.json',
      JSON.stringify({ ...vectors, seconds: 0, bootSeconds: 0, results: [], warnings: [], losses: [] }),
    );
    const { code, stdout, stderr } = await run('docs', '--review', report, '--out', out);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(/^\d+ pages from \S+review\.json, 1 runs of vectors; start at \S+index\.html\n$/u);
    expect(readFileSync(join(out, 'review.html'), 'utf8')).toContain('not applicable: refused');
  }, 60_000);

  test('refuses in one line what it cannot read, and writes nothing', async () => {
    rmSync(out, { recursive: true, force: true });
    const cases = [
      [file('cut.json', '[{"schemaVersion":'), /cannot read \S+cut\.json: /u],
      [join(folder, 'nowhere.json'), /cannot read \S+nowhere\.json: /u],
      [file('other.json', '[{"schemaVersion":2}]'), /other\.json is not a report of 'faultline review --json': /u],
    ] as const;
    for (const [path, message] of cases) {
      const { code, stdout, stderr } = await run('docs', '--review', path, '--out', out);
      expect({ code, stdout, there: existsSync(out) }, path).toEqual({ code: 2, stdout: '', there: false });
      expect(stderr).toMatch(message);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    }
  }, 60_000);
});
