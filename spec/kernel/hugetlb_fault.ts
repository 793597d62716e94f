import { kernelFunction } from '../machine/kernel-function.ts';
import { writable } from './payload.ts';

/** What a fault on a mapped huge page does to its entry before the page is written. @kernel mm/hugetlb.c hugetlb_fault() */
export const hugetlb_fault = kernelFunction(
  'hugetlb_fault',
  'mm/hugetlb.c',
  { writable },
  [
    {
      name: 'give-access',
      because: 'An armed entry gets the access of its VMA back, in any mode; write permission where the VMA has it.',
      when: { form: 'present', uffd: 'uffd', access: 'no-access', writable: 'yes' },
      target: { uffd: 'clear', access: 'vma', write: 'write', young: 'young' },
    },
    {
      name: 'give-access-read-only',
      because: 'Where WP wants to hear of writes it is readable, and its bit is gone.',
      when: { form: 'present', uffd: 'uffd', access: 'no-access' },
      target: { uffd: 'clear', access: 'vma', young: 'young' },
    },
    {
      name: 'unprotect',
      because: 'The bit of a page that is written goes: nobody asks to be told, or the bit is a stale one.',
      when: { form: 'present', uffd: 'uffd' },
      target: { uffd: 'clear' },
    },
    {
      name: 'not-protected',
      because: 'The caller has found the bit under the lock.',
      target: 'impossible',
    },
  ],
  ['hugetlb'],
);
