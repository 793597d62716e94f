import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { faultOf, kernelTree, whySkipped } from '../testing/kernel-tree.ts';
import { contract, documents, type Source } from './index.ts';

/** A document as one line of words, without the stars of a comment. */
const flat = (text: string): string => text.replaceAll(/\n[\t ]*\*?/gu, ' ').replaceAll(/\s+/gu, ' ');

/** Whether what a line quotes stands in its document. */
function quoted(source: Source): boolean {
  if (source.standing !== 'P') return false;
  return flat(readFileSync(join(kernelTree, documents[source.document]), 'utf8')).includes(source.sentence);
}

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

const noDocuments =
  whySkipped || (existsSync(join(kernelTree, documents['pagemap.rst'])) ? '' : ' (skipped: the tree has no documents)');

describe(`in the kernel source${noDocuments}`, () => {
  const documented = contract.filter(({ source }) => source.standing === 'P');

  test.skipIf(noDocuments !== '').for(documented.map(({ id, source }) => [id, source] as const))(
    'what %s quotes stands in its document',
    ([, source]) => {
      expect(quoted(source)).toBe(true);
    },
  );

  test.skipIf(noDocuments !== '')('a sentence that is not there is found out, also one of another document', () => {
    expect(quoted({ standing: 'P', document: 'pagemap.rst', sentence: 'WP and RWP may be combined' })).toBe(false);
    const elsewhere = 'swap-in restores the PROT_NONE state';
    expect(quoted({ standing: 'P', document: 'userfaultfd.rst', sentence: elsewhere })).toBe(true);
    expect(quoted({ standing: 'P', document: 'pagemap.rst', sentence: elsewhere })).toBe(false);
  });

  test
    .skipIf(kernelTree === '')
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
