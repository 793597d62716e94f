import { describe, expect, test } from 'vitest';
import { decisionAnchors, decisionValues } from './decisions/index.ts';
import type { KernelFunction } from './machine/kernel-function.ts';
import { machines } from './mutant.ts';
import { faultOf, kernelTree, transcriptions, transcriptionsIn, whySkipped } from './testing/kernel-tree.ts';

const functions: readonly KernelFunction[] = Object.values(machines).flatMap((machine) => machine.functions);
const kernels = functions.filter(({ anchor }) => anchor.path !== '');
const found = transcriptions(import.meta.dirname);

describe('a snake_case name', () => {
  test.for(found.map(({ file, name, anchor }) => [name, file, anchor] as const))(
    '%s of %s carries the anchor of the kernel function of that name',
    ([name, , anchor]) => {
      expect(anchor?.name).toBe(name);
    },
  );

  test('is that of every kernel function of the machines', () => {
    expect(kernels.length).toBeGreaterThan(20);
    expect(found.map(({ name }) => name)).toEqual(
      expect.arrayContaining(kernels.map(({ name }) => name).filter((name) => name.includes('_'))),
    );
  });

  test('that is not the one of its anchor, or has none, is found out', () => {
    const wrong = `/** Says. @kernel mm/memory.c do_swap_page() */\nexport const do_wp_page = 1;\n\nfunction to_be() {}\n`;
    expect(transcriptionsIn('a.ts', wrong)).toEqual([
      { file: 'a.ts', name: 'do_wp_page', anchor: { path: 'mm/memory.c', name: 'do_swap_page' } },
      { file: 'a.ts', name: 'to_be', anchor: undefined },
    ]);
  });
});

describe('an event that the kernel does not have', () => {
  test('is the hardware, and the only one', () => {
    expect(functions.filter((of) => !kernels.includes(of)).map(({ name, anchor }) => [name, anchor.path])).toEqual([
      ['hardwareWalk', ''],
    ]);
  });
});

describe(`in the kernel source${whySkipped}`, () => {
  test.skipIf(kernelTree === '').for(kernels.map(({ name, anchor }) => [name, anchor] as const))(
    '%s() is where its anchor says',
    ([name, anchor]) => {
      expect(anchor.name).toBe(name);
      expect(faultOf(anchor)).toBeUndefined();
    },
  );

  test.skipIf(kernelTree === '').for(Object.entries(decisionAnchors).map(([name, anchor]) => [name, anchor] as const))(
    'the decision %s is taken where its anchor says',
    ([, anchor]) => {
      expect(faultOf(anchor)).toBeUndefined();
    },
  );

  test.skipIf(kernelTree === '').for(found.map(({ name, anchor }) => [name, anchor] as const))(
    'the comment of %s names the right file',
    ([, anchor]) => {
      expect(faultOf(anchor ?? { path: '', name: '' })).toBeUndefined();
    },
  );

  test.skipIf(kernelTree === '')(
    'a wrong anchor is found out: file, function, or a function that is only called',
    () => {
      expect(faultOf({ path: 'mm/no-such-file.c', name: 'do_wp_page' })).toBe('mm/no-such-file.c: no such file');
      expect(faultOf({ path: 'mm', name: 'do_wp_page' })).toBe('mm: no such file');
      expect(faultOf({ path: 'mm/memory.c', name: 'do_wp_pages' })).toMatch(/neither defined nor declared/u);
      expect(faultOf({ path: 'mm/memory.c', name: 'tlb_finish_mmu' })).toMatch(/neither defined nor declared/u);
      expect(faultOf({ path: 'mm/migrate.c', name: 'do_wp_page' })).toMatch(/neither defined nor declared/u);
    },
  );
});

test('every decision has an anchor, and more than one value', () => {
  expect(Object.keys(decisionAnchors)).toEqual(Object.keys(decisionValues));
  expect(Object.values(decisionValues).every((values) => new Set<unknown>(values).size > 1)).toBe(true);
});
