import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cleanup } from './effects.ts';
import { journals } from './journal.ts';
import { openSettings, readSetting } from './settings.ts';
import { printed, startBuilt, temporaryFolder } from './testing/needs.ts';

/** A folder with files that stand for settings. */
function settingsIn(values: Readonly<Record<string, string>>): { cacheDir: string; path: (name: string) => string } {
  const cacheDir = temporaryFolder(onTestFinished);
  const path = (name: string): string => join(cacheDir, name);
  for (const [name, value] of Object.entries(values)) writeFileSync(path(name), value);
  return { cacheDir, path };
}

test('settings are as asked while they are open, and as before afterwards', () => {
  const { cacheDir, path } = settingsIn({ pages: '3\n', sleep: '20\n' });
  const opened = openSettings(cacheDir, [
    { path: path('pages'), value: (before) => String(Number(before) + 4) },
    { path: path('sleep'), value: () => '1' },
  ]);
  if (opened.kind === 'skipped') throw new Error(opened.reason);
  expect([readSetting(path('pages')), readSetting(path('sleep'))]).toEqual(['7', '1']);
  opened.close();
  opened.close();
  expect([readSetting(path('pages')), readSetting(path('sleep'))]).toEqual(['3', '20']);
  expect(journals(cacheDir)).toEqual([]);
});

test('of a list of words the one in brackets is what is set', () => {
  const { path } = settingsIn({ enabled: 'always [madvise] never\n' });
  expect(readSetting(path('enabled'))).toBe('madvise');
});

test('a setting that cannot be changed is a skip with its reason, and those before it are put back', () => {
  const { cacheDir, path } = settingsIn({ pages: '3' });
  const opened = openSettings(cacheDir, [
    { path: path('pages'), value: () => '9' },
    { path: path('missing/setting'), value: () => '1' },
  ]);
  expect(opened).toEqual({ kind: 'skipped', reason: `cannot set ${path('missing/setting')}: ENOENT` });
  expect(readSetting(path('pages'))).toBe('3');
  expect(journals(cacheDir)).toEqual([]);
});

/** Another process changes a setting and then waits. */
async function startSetter(cacheDir: string, path: string) {
  const code = [
    `const open = it.openSettings(${JSON.stringify(cacheDir)}, [{ path: ${JSON.stringify(path)}, value: () => '9' }]);`,
    'console.log(open.kind);',
    'setInterval(() => {}, 1000);',
  ].join('\n');
  const started = startBuilt('settings.js', code);
  if (started.kind === 'skipped') return started;
  onTestFinished(() => void started.child.kill('SIGKILL'));
  expect(await printed(started.child, /^(.*)\n/)).toBe('settings');
  return started;
}

test('a setting is put back after SIGINT; after kill -9 by cleanup, and not while its process runs', async (context) => {
  const { cacheDir, path } = settingsIn({ pages: '3', more: '5' });
  const first = await startSetter(cacheDir, path('pages'));
  if (first.kind === 'skipped') return context.skip(first.reason);
  expect(readSetting(path('pages'))).toBe('9');
  first.child.kill('SIGINT');
  await once(first.child, 'close');
  expect(readSetting(path('pages'))).toBe('3');
  const second = await startSetter(cacheDir, path('more'));
  if (second.kind === 'skipped') return context.skip(second.reason);
  expect(cleanup(cacheDir)).toMatchObject({ undone: [], inUse: [expect.stringContaining('.json')] });
  second.child.kill('SIGKILL');
  await once(second.child, 'close');
  expect(readSetting(path('more'))).toBe('9');
  expect(cleanup(cacheDir)).toEqual({ undone: [`set ${path('more')} back to 5`], failed: [], inUse: [] });
  expect(readSetting(path('more'))).toBe('5');
});

test('after a reboot a setting is not ours any more', () => {
  const { cacheDir, path } = settingsIn({ pages: '7' });
  mkdirSync(join(cacheDir, 'journal'));
  const effects = [{ kind: 'setting', path: path('pages'), before: '3' }];
  const record = { schemaVersion: 1, bootId: 'another boot', pid: process.pid, startTime: '1', effects };
  writeFileSync(join(cacheDir, 'journal', '1-1-1.json'), JSON.stringify(record));
  expect(cleanup(cacheDir)).toEqual({ undone: [], failed: [], inUse: [] });
  expect(readFileSync(path('pages'), 'utf8')).toBe('7');
  expect(journals(cacheDir)).toEqual([]);
});
