import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { launcher, run } from './testing/run.ts';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

const head = "import { defineMutant } from 'faultline';\nexport default ";

/** A mutant file in a folder of its own, far from the package. */
function mutantFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-mutant-test-'));
  folders.push(folder);
  const path = join(folder, 'mutant.ts');
  writeFileSync(path, text);
  return path;
}

const quick = ['--cpus', '1'] as const;

describe('check', () => {
  test('says in one line what is unknown, and what was expected', async () => {
    const cases = [
      [['check', 'reclaim-vs-falt'], /unknown scenario 'reclaim-vs-falt' \(did you mean 'reclaim-vs-fault'\?\)/u],
      [['check', 'reclaim-vs-fault', '--design', 'linux-7.2'], /unknown design 'linux-7.2'/u],
      [['check', 'reclaim-vs-fault', '--property', 'XX'], /unknown property 'XX'/u],
      [['check', 'reclaim-vs-fault', '--mutant', 'swapInKeepsBit=maybe'], /unknown mutant 'swapInKeepsBit=maybe'/u],
      [['check', 'reclaim-vs-fault', '--mutant', 'nowhere.ts'], /no mutant file nowhere.ts/u],
      [['check', 'reclaim-vs-fault', '--cpus', '9'], /4 processors at most/u],
      [['check', 'contract', '--property', 'FP'], /check contract takes no --property/u],
      [['check', 'contract', '--mutant', 'nothing'], /unknown mutant 'nothing'/u],
      [['check', 'reclaim-vs-fault', '--property', 'LM', '--replay', 'zz'], /"zz" is no trace/u],
      [['list', 'kernels'], /unknown list 'kernels'|expected one of/u],
    ] as const;
    for (const [args, message] of cases) {
      const { code, stdout, stderr } = await run(...args);
      expect({ code, stdout }, args.join(' ')).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(message);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    }
  }, 60_000);

  test('finds the marker that a bare entry loses across swap, and replays it to the same verdict', async () => {
    const found = await run('check', 'reclaim-vs-fault', '--design', 'rfc-v2', '--property', 'LM', '--json', ...quick);
    expect(found.code).toBe(1);
    const object = JSON.parse(found.stdout) as { results: { verdict: string; trace: { text: string } | null }[] };
    const [violated] = object.results.filter((r) => r.verdict === 'violated');
    const command = violated?.trace?.text.split('\n').at(-1) ?? '';
    expect(command).toMatch(/^replay: +npx faultline check reclaim-vs-fault --design rfc-v2 /u);
    const again = await run(...command.replace(/^replay: +npx faultline /u, '').split(' '));
    expect(again.code).toBe(1);
    expect(again.stdout).toMatch(/^violated: LM: /u);
  });

  test('says incomplete, not holds, when a limit stops it', async () => {
    const { code, stdout } = await run(
      'check',
      'reclaim-vs-fault',
      '--max-states',
      '100',
      '--property',
      'FP',
      ...quick,
    );
    expect(code).toBe(3);
    expect(stdout).toMatch(/incomplete: .* stopped by states/u);
  });

  test('names the scenario that a design cannot take part in, and skips it', async () => {
    const { code, stdout } = await run('check', 'numa-vs-rwp', '--design', 'uffd-wp');
    expect({ code, stdout }).toEqual({ code: 4, stdout: 'numa-vs-rwp × uffd-wp: not run: the design has no RWP\n' });
  });

  test('ends with 130 on Ctrl-C, with nothing half-printed', async () => {
    const child = spawn(process.execPath, [launcher, 'check', 'everything', '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    setTimeout(() => child.kill('SIGINT'), 8_000);
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(130);
    expect(() => JSON.parse(stdout === '' ? '{}' : stdout) as unknown).not.toThrow();
  }, 60_000);
});

describe('a mutant file', () => {
  test('is found out: the example loses a marker', async () => {
    const { code, stdout } = await run(
      'check',
      'reclaim-vs-fault',
      '--mutant',
      'model/mutants/examples/swap-in-forgets.ts',
      '--traces',
      '0',
      ...quick,
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/rwp sync .* LM ✗/u);
  }, 30_000);

  test('may change steps too: unprotecting that always flushes reaches other states, and loses nothing', async () => {
    const words = ['check', 'mprotect-vs-wp', '--property', 'LM', '--json'];
    const flushes = ['--mutant', 'model/mutants/examples/unprotect-flushes.ts'];
    const [own, mutant] = await Promise.all([run(...words), run(...words, ...flushes)]);
    const of = ({ stdout }: typeof own): { states: number; results: { verdict: string }[] } => JSON.parse(stdout);
    expect(of(mutant).states).toBeGreaterThan(of(own).states);
    expect(new Set(of(mutant).results.map(({ verdict }) => verdict))).toEqual(new Set(['holds']));
  }, 60_000);

  test.for([
    ['a syntax error', "import { defineMutant } from 'faultline';\nexport default defineMutant({", /mutant\.ts:2: /u],
    [
      'a decision that there is not',
      "import { defineMutant } from 'faultline';\nexport default defineMutant({ design: 'linux-7.3', decisions: { swapInForgets: true } });",
      /mutant\.ts:2: .*swapInForgets/u,
    ],
    [
      'a value that the decision cannot have',
      "import { defineMutant } from 'faultline';\nexport default defineMutant({ design: 'linux-7.3', decisions: { unregisterWakes: 'none' } });",
      /mutant\.ts:2: .*none/u,
    ],
    [
      'a rule that there is not',
      "import { defineMutant } from 'faultline';\nexport default defineMutant({ design: 'linux-7.3', rules: { 'do_swap_page/nothing': (r) => r } });",
      /mutant\.ts:2: .*do_swap_page\/nothing/u,
    ],
    ['no mutant', 'export const nothing = 1;\n', /expected one default export/u],
    [
      'an unknown design in a plain object',
      "export default { design: 'linux-9.9' };\n",
      /mutant\.ts:1: unknown design/u,
    ],
    [
      'an unknown decision in a plain object',
      "export default {\n  design: 'linux-7.3',\n  decisions: { nope: 1 },\n};\n",
      /mutant\.ts:3: unknown decision 'nope'/u,
    ],
    [
      'a value that a decision cannot have, behind a cast',
      `${head}defineMutant({ design: 'linux-7.3', decisions: { unregisterWakes: 'some' as never } });\n`,
      /mutant\.ts:2: decision 'unregisterWakes' cannot be "some": expected one of "missing-only", "all"/u,
    ],
    [
      'an unknown rule, behind a cast',
      `${head}defineMutant({ design: 'linux-7.3', rules: { ['do_swap_page/no' as never]: (r: never) => r } });\n`,
      /mutant\.ts:2: unknown rule 'do_swap_page\/no'/u,
    ],
    [
      'a rule that becomes nothing',
      `${head}defineMutant({ design: 'linux-7.3', rules: { 'do_swap_page/back-to-no-access': () => undefined as never } });\n`,
      /mutant\.ts:2: rule 'do_swap_page\/back-to-no-access' becomes nothing/u,
    ],
    [
      'a rule that throws',
      `${head}defineMutant({ design: 'linux-7.3', rules: { 'do_swap_page/back-to-no-access': () => { throw new Error('no'); } } });\n`,
      /mutant\.ts:2: rule 'do_swap_page\/back-to-no-access' throws: no/u,
    ],
    [
      'a rule with a target that is none',
      `${head}defineMutant({ design: 'linux-7.3', rules: { 'do_swap_page/back-to-no-access': (r) => ({ ...r, target: 'there' }) as never } });\n`,
      /mutant\.ts:2: rule .* has the target "there": expected regions/u,
    ],
    [
      'something that throws while it is loaded',
      "import { defineMutant } from 'faultline';\nthrow new Error('broken');\nexport default defineMutant({ design: 'linux-7.3' });\n",
      /mutant\.ts:2: it cannot be loaded: broken/u,
    ],
    [
      'another module beside faultline',
      "import { defineMutant } from 'faultline';\nimport 'node:fs';\nexport default defineMutant({ design: 'linux-7.3' });\n",
      /mutant\.ts:2: /u,
    ],
  ] as const)('with %s is refused in one line that names the place', { timeout: 60_000 }, async ([, text, message]) => {
    const { code, stdout, stderr } = await run('check', 'reclaim-vs-fault', '--mutant', mutantFile(text), ...quick);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('review', () => {
  test('says before the work that the report cannot be written', async () => {
    const file = mutantFile('');
    const { code, stdout, stderr } = await run('review', '--quick', '--out', join(file, 'out'));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^faultline: cannot write .*\n$/u);
  });

  test('refuses an earlier report that is cut off', async () => {
    const { code, stderr } = await run('review', '--quick', '--expect', mutantFile('[{"scenario": '));
    expect(code).toBe(2);
    expect(stderr).toMatch(/^faultline: cannot read the report .*\n$/u);
  });
});

test('lists as JSON what it lists as text', async () => {
  const { stdout } = await run('list', 'designs', '--json');
  const { designs } = JSON.parse(stdout) as { designs: { name: string }[] };
  const text = (await run('list', 'designs')).stdout;
  for (const { name } of designs) expect(text).toContain(name);
  expect(readFileSync(new URL('../spec/designs/design.ts', import.meta.url), 'utf8')).toContain(designs[0]?.name);
});
