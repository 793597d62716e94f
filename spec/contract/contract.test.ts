import { describe, expect, test } from 'vitest';
import { isQuoted, noDocuments } from '../testing/documents.ts';
import { faultOf } from '../testing/kernel-tree.ts';
import { contract } from './index.ts';

describe('the contract', () => {
  test('has 38 lines, each with its number and an id of its own', () => {
    expect(contract.map(({ number }) => number)).toEqual(Array.from({ length: 38 }, (_, i) => i + 1));
    expect(new Set(contract.map(({ id }) => id)).size).toBe(38);
  });

  test('quotes at most fifteen words', () => {
    const long = contract.filter(({ source }) => source.standing === 'P' && source.sentence.split(' ').length > 15);
    expect(long.map(({ id }) => id)).toEqual([]);
  });
});

describe(`in the kernel source${noDocuments}`, () => {
  const documented = contract.filter(({ source }) => source.standing === 'P');

  test.skipIf(noDocuments !== '').for(documented.map(({ id, source }) => [id, source] as const))(
    'what %s quotes stands in its document',
    ([, source]) => {
      expect(isQuoted(source)).toBe(true);
    },
  );

  test.skipIf(noDocuments !== '')('a sentence that is not there is found out, also one of another document', () => {
    expect(isQuoted({ standing: 'P', document: 'pagemap.rst', sentence: 'WP and RWP may be combined' })).toBe(false);
    const elsewhere = 'swap-in restores the PROT_NONE state';
    expect(isQuoted({ standing: 'P', document: 'userfaultfd.rst', sentence: elsewhere })).toBe(true);
    expect(isQuoted({ standing: 'P', document: 'pagemap.rst', sentence: elsewhere })).toBe(false);
  });

  test
    .skipIf(noDocuments !== '')
    .for(
      contract.flatMap(({ id, by, source }) =>
        [...by, ...(source.standing === 'C' ? [source.comment] : [])].map(
          (anchor) => [id, anchor.name, anchor] as const,
        ),
      ),
    )('%s is kept by %s(), which is where it says', ([, , anchor]) => {
    expect(faultOf(anchor)).toBeUndefined();
  });
});
