import { describe, expect, test } from 'vitest';
import { complaints } from '../conformance/testing/schemas.ts';
import { run } from './testing/run.ts';

interface Cell {
  readonly results: readonly { readonly verdict: string; readonly trace: { readonly token: string } | null }[];
}

/** What a command prints with `--json`, and its exit code. */
async function json(...args: readonly string[]): Promise<{ readonly code: number | null; readonly document: unknown }> {
  const { code, stdout } = await run(...args, '--json');
  return { code, document: JSON.parse(stdout) };
}

const check = (...args: readonly string[]): ReturnType<typeof json> => json('check', ...args, '--cpus', '1');
const flipped = ['--mutant', 'rwpFaultAsks=no-access'] as const;

const [refused, violated, same, stopped, skipped] = await Promise.all([
  check('wp-plus-rwp'),
  check('numa-vs-rwp', ...flipped),
  check('wp-plus-rwp', ...flipped),
  check('wp-plus-rwp', '--full', '--max-states', '10'),
  check('numa-vs-rwp', '--design', 'uffd-wp'),
]);
const cells = { refused, violated, same, stopped, skipped };
const cell = refused.document as Cell;

describe('the JSON of check', () => {
  test.for([
    ['a refusal that holds', 'refused', 0],
    ['a violation', 'violated', 1],
    ['a mutant that changes nothing', 'same', 0],
    ['a search that was stopped', 'stopped', 3],
    ['a scenario that is not for the design', 'skipped', 4],
  ] as const)('is what the published schema describes: %s', ([, name, code]) => {
    expect(cells[name].code).toBe(code);
    expect(complaints('check', cells[name].document)).toBe('');
  });

  test('has every verdict in it here, so that none goes unlooked at', () => {
    const verdicts = Object.values(cells).flatMap(({ document }) => (document as Cell).results.map((r) => r.verdict));
    expect([...new Set(verdicts)].toSorted()).toEqual(['holds', 'incomplete', 'vacuous', 'violated']);
  });

  test('is described where a trace is replayed, too', async () => {
    const { trace } = (violated.document as Cell).results.find((r) => r.verdict === 'violated') ?? {};
    const replay = ['--property', 'FP', '--replay', `0~${trace?.token}`];
    const again = await check('numa-vs-rwp', ...flipped, ...replay);
    expect(again).toMatchObject({ code: 1, document: { kind: 'violated', property: 'FP' } });
    expect(complaints('check', again.document)).toBe('');
    expect(complaints('check', { ...(again.document as object), kind: 'unfit' })).not.toBe('');
  });

  test.for([
    ['another version', { ...cell, schemaVersion: 2 }],
    ['something that is not described', { ...cell, more: 1 }],
    ['no results', { ...cell, results: undefined }],
    ['an unknown verdict', { ...cell, results: [{ ...cell.results[0], verdict: 'unsure' }] }],
    ['a violation without a trace', { ...cell, results: [{ ...cell.results[0], verdict: 'violated', steps: 3 }] }],
    ['a size without processors', { ...cell, bounds: { pages: 1 } }],
  ] as const)('with %s is not', ([, wrong]) => {
    expect(complaints('check', JSON.parse(JSON.stringify(wrong)))).not.toBe('');
  });
});

test('the JSON of review is an array of the same', () => {
  const documents = Object.values(cells).map(({ document }) => document);
  expect(complaints('review', documents)).toBe('');
  expect(complaints('review', cell)).not.toBe('');
  expect(complaints('review', [...documents, { ...cell, states: 'many' }])).not.toBe('');
});

describe('the JSON of list', () => {
  test.for(['designs', 'scenarios', 'properties', 'decisions', 'vectors', 'mutants'])(
    'is what the published schema describes: %s',
    async (what) => {
      const { document } = await json('list', what);
      expect(complaints('list', document)).toBe('');
      const rows = (document as Readonly<Record<string, readonly object[]>>)[what] ?? [];
      expect(rows.length).toBeGreaterThan(0);
      expect(complaints('list', { schemaVersion: 1, [what]: [{ ...rows[0], name: 1 }] })).not.toBe('');
    },
  );

  test('is one list at a time', () => {
    expect(complaints('list', { schemaVersion: 1 })).not.toBe('');
    expect(complaints('list', { schemaVersion: 1, designs: [], mutants: [] })).not.toBe('');
  });
});
