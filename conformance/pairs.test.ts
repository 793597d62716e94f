import { expect, test } from 'vitest';
import { entryForm } from '../model/sequential/forms.ts';
import { Sequential } from '../model/sequential/sequential.ts';
import { designs } from '../spec/index.ts';
import { nearby, reachable } from './pairs.ts';

/** Those that take up to a minute each are walked with FAULTLINE_SLOW set. */
const slow = process.env['FAULTLINE_SLOW'] !== undefined;

test.each([
  ['linux-6.18', 'wp-sync'],
  ['linux-7.3', 'wp-async'],
  ...(slow
    ? ([
        ['linux-7.3', 'rwp-async'],
        ['linux-6.18', 'hugetlb-wp-sync'],
        ['linux-6.18', 'shmem-wp-sync'],
        ['linux-7.3', 'shmem-wp-async'],
      ] as const)
    : []),
] as const)(
  '%s %s: no sequence of operations meets a form of the entry that the short way misses',
  (name, kind) => {
    const forms = (walk: typeof nearby): string[] => {
      const model = new Sequential(designs[name], kind);
      return [...new Set(walk(model).map(({ id }) => entryForm(model.page(id))))].toSorted();
    };
    expect(forms(nearby)).toEqual(forms(reachable));
  },
  120_000,
);
