import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { launcher, run, runNode } from './testing/run.ts';

describe('faultline', () => {
  test('without a command shows its help and succeeds', async () => {
    const { code, stdout, stderr } = await run();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: faultline /);
    expect(stdout).toContain('\nExamples:\n  $ faultline ');
  });

  test('says the version of its package', async () => {
    const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
    const { version } = JSON.parse(text) as { readonly version: string };
    expect(await run('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('refuses an unknown command in one line that says what was expected', async () => {
    const { code, stdout, stderr } = await run('hepl');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^faultline: unknown command 'hepl' \(did you mean 'help'\?\): expected one of .*\n$/);
  });

  test('refuses an unknown option in one line', async () => {
    expect(await run('--nope')).toEqual({ code: 2, stdout: '', stderr: "faultline: unknown option '--nope'\n" });
  });

  test.for(['export'])('says that %s is not in this release, and does not offer it', async (name) => {
    const refusal = { code: 2, stdout: '', stderr: `faultline: '${name}' is not in this release\n` };
    expect(await run(name, 'reclaim-vs-fault', '--to', 'tla')).toEqual(refusal);
    expect(await run(name, '--help')).toEqual(refusal);
    expect((await run('--help')).stdout).not.toMatch(new RegExp(`^  ${name}\\b`, 'm'));
  });
});

/** Tells on stderr of every module that is loaded. */
const telling = `import { writeSync } from 'node:fs';
export function load(url, context, next) {
  writeSync(2, url + '\\n');
  return next(url, context);
}`;
const asUrl = (code: string): string => `data:text/javascript,${encodeURIComponent(code)}`;
const hook = asUrl(`import { register } from 'node:module'; register(${JSON.stringify(asUrl(telling))});`);

/** The packages that a command loads. */
async function packagesOf(...args: readonly string[]): Promise<readonly string[]> {
  const { stderr } = await runNode('--import', hook, launcher, ...args);
  const names = [...stderr.matchAll(/\/node_modules\/((?:@[^/]+\/)?[^/]+)\/.*$/gmu)].map(([, name = '']) => name);
  return [...new Set(names)].toSorted();
}

describe('what is loaded', () => {
  const always = ['commander', 'fastest-levenshtein', 'picocolors', 'xstate'];

  test.for([['--version'], ['check', '--help'], ['list', 'designs']])(
    'before a command needs more is small: %j',
    async (args) => {
      expect(await packagesOf(...args)).toEqual(always);
    },
  );

  test('is told, also where a command needs more', async () => {
    expect(await packagesOf('docs', '--review', 'package.json')).toEqual(
      expect.arrayContaining([...always, 'typebox', 'typescript']),
    );
  });
});

describe('the launcher', () => {
  const folders: string[] = [];
  afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

  /** A checkout with the launcher and nothing built. */
  function checkout(): string {
    const folder = mkdtempSync(join(tmpdir(), 'faultline-launcher-'));
    folders.push(folder);
    mkdirSync(join(folder, 'bin'));
    cpSync(launcher, join(folder, 'bin', 'faultline.js'));
    return folder;
  }

  test('asks for npm ci where nothing is installed', async () => {
    const folder = checkout();
    const { code, stdout, stderr } = await runNode(join(folder, 'bin', 'faultline.js'), 'review');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(`faultline: not built yet: run \`npm ci\` in ${folder}/, then try again\n`);
  });

  test('asks for npm run build where the packages are installed', async () => {
    const folder = checkout();
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(tmpdir(), join(folder, 'node_modules', 'typescript'));
    const { code, stderr } = await runNode(join(folder, 'bin', 'faultline.js'), 'review');
    expect(code).toBe(2);
    expect(stderr).toBe(`faultline: not built yet: run \`npm run build\` in ${folder}/, then try again\n`);
  });
});
