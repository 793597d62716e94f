import { expect, test } from 'vitest';
import { pageOperations } from '../../model/sequential/operations/index.ts';
import { Sequential } from '../../model/sequential/sequential.ts';
import { kindsOf } from '../../model/sequential/session.ts';
import { backings, designs } from '../../spec/index.ts';
import { reachablePairs } from '../pairs.ts';
import { coverageOf } from './covered.ts';
import { forms, operations, type Row } from './table.ts';

const design = designs['linux-7.3'];
const pairs = kindsOf(design).flatMap((kind) => reachablePairs(new Sequential(design, kind)));
const rowsOf = (rows: readonly Row[], name: string): number => rows.filter(({ here }) => here.test(name)).length;

test('every operation and every form that the model has is in one row of the table, and in no other', () => {
  const names = pageOperations.map(({ name }) => name).filter((name) => name !== 'register-staging');
  expect(names.filter((name) => rowsOf(operations, name) !== 1)).toEqual([]);
  const met = new Set(pairs.map((pair) => pair.split('/')[1] ?? ''));
  expect([...met].filter((form) => rowsOf(forms, form) !== 1)).toEqual([]);
});

const reach = { design, reachable: new Set(pairs), without: new Set<string>() };

test('a run that meets everything often enough leaves only what has a reason', () => {
  const all = coverageOf({ ...reach, counts: new Map(pairs.map((pair) => [pair, 50])) });
  expect(all.cells).toBe(forms.length * operations.length * backings.length);
  expect(all.seldom).toEqual([]);
  const unreached = all.unreached.reduce((sum, { cells }) => sum + cells, 0);
  expect(all.met + unreached).toBe(all.cells);
  expect(all.met).toBeGreaterThan(100);
  for (const { because } of all.unreached) expect(because).toMatch(/^[\w ,()-]+: \w+/u);
});

test('a pair that is met too seldom, or not at all though it could be, is named with how often', () => {
  const few = coverageOf({
    ...reach,
    counts: new Map(pairs.map((pair) => [pair, (pair.split('/')[1] ?? '').startsWith('swap') ? 1 : 50])),
  });
  expect(few.seldom.length).toBeGreaterThan(5);
  expect(new Set(few.seldom.map(({ form }) => form))).toEqual(new Set(['SWAP']));
  const none = coverageOf({ ...reach, counts: new Map() });
  expect(none.met).toBe(0);
  expect(none.seldom.every(({ times }) => times === 0)).toBe(true);
});

test('what a kernel cannot be asked for is said so', () => {
  const without = new Set(['pageout']);
  const reachable = new Set(pairs.filter((pair) => !pair.includes('/swap') && !pair.endsWith('/pageout')));
  const { unreached } = coverageOf({ design, reachable, without, counts: new Map() });
  expect(unreached.map(({ because }) => because)).toContain('MADV_PAGEOUT: this kernel cannot be asked for it');
});
