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

  test.for(['export', 'diff'])('says that %s is not in this release, and does not offer it', async (name) => {
    const refusal = { code: 2, stdout: '', stderr: `faultline: '${name}' is not in this release\n` };
    expect(await run(name, 'reclaim-vs-fault', '--to', 'tla')).toEqual(refusal);
    expect(await run(name, '--help')).toEqual(refusal);
    expect((await run('--help')).stdout).not.toMatch(new RegExp(`^  ${name}\\b`, 'm'));
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
