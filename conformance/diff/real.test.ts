import { expect, test, type TestContext } from 'vitest';
import { designOf } from '../design-of.ts';
import { cacheFolder } from '../kernels/cache.ts';
import { cachedImages } from '../kernels/image.ts';
import { openKernel } from '../kernels/open.ts';
import { guestImage } from '../kernels/testing/needs.ts';
import { complaints } from '../testing/schemas.ts';
import { diffKernels, type DiffResult } from './diff.ts';
import type { Side } from './plan.ts';

async function open(name: string, context: TestContext): Promise<Side> {
  const kernel = await openKernel(name);
  if (kernel.kind !== 'kernel') return context.skip(`${name}: ${kernel.kind}`);
  const by = designOf(kernel);
  if (by.kind === 'skipped') return context.skip(by.reason);
  return { kernel, design: by.design };
}

async function compare(left: string, right: string, context: TestContext): Promise<DiffResult> {
  const a = await open(left, context);
  try {
    const b = await open(right, context);
    try {
      const options = { seed: 1, runs: 50, system: true, kinds: ['wp-sync'] as const };
      const result = await diffKernels(a, b, options);
      if (result === undefined) throw new Error('nobody interrupted it');
      return result;
    } finally {
      await b.kernel.close();
    }
  } finally {
    await a.kernel.close();
  }
}

test('7.3-rc7 and 7.3.4 are told apart, each difference in a sentence', { timeout: 300_000 }, async (context) => {
  const image = guestImage();
  if (typeof image === 'string') context.skip(image);
  const candidate = cachedImages(cacheFolder()).find(({ name }) => name === '7.3-rc7');
  if (candidate === undefined) context.skip('no image of 7.3-rc7 in the cache (faultline kernel fetch 7.3-rc7)');
  const result = await compare('7.3-rc7', '7.3', context);
  expect(complaints('diff', result)).toBe('');
  expect(result).toMatchObject({ outcome: 'differs', ran: { random: 50 } });
  // What 7.3.4 has mended since the last candidate, and nothing else that a sequence can see.
  expect(result.features).toEqual([]);
  expect(result.differences.map(({ from }) => from)).toEqual([
    'probe mremap-merge-wp',
    'probe mremap-merge-rwp',
    'probe hugetlb-discard-rwp',
    'probe hugetlb-private-discard-rwp',
    'probe move-held-large',
  ]);
  expect(result.differences.map(({ left, right }) => [left, right])).toEqual([
    ['goes through', 'waits for user space'],
    ['goes through', 'waits for user space'],
    ['never ends, leaves the entry [present uffd]', 'goes through, leaves the entry [present]'],
    ['never ends, leaves the entry [present uffd]', 'goes through, leaves the entry [present]'],
    ['never ends', 'fails with EBUSY'],
  ]);
});
