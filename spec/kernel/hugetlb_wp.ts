import { kernelFunction } from '../machine/kernel-function.ts';

/** Makes a huge page writable that is written. @kernel mm/hugetlb.c hugetlb_wp() */
export const hugetlb_wp = kernelFunction(
  'hugetlb_wp',
  'mm/hugetlb.c',
  {},
  [
    {
      name: 'protected',
      because: 'A page that still has the bit is left alone: the write faults again.',
      when: { form: 'present', uffd: 'uffd' },
      target: {},
    },
    {
      name: 'shared',
      because: 'A page of a shared file is written where it is.',
      when: { form: 'present', maps: 'file' },
      target: { write: 'write', dirty: 'dirty', young: 'young' },
    },
    {
      name: 'not-mapped',
      because: 'The caller has seen the page under the lock.',
      target: 'impossible',
    },
  ],
  ['hugetlb'],
);
