import { presentWith } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { mode, prot } from './payload.ts';

/** Maps a huge page that a fault has found in the file, or made. @kernel mm/hugetlb.c hugetlb_no_page() */
export const hugetlb_no_page = kernelFunction(
  'hugetlb_no_page',
  'mm/hugetlb.c',
  { mode, prot },
  [
    {
      name: 'marked',
      because: 'In a WP VMA the bit of a marker comes along, and the page is read-only.',
      when: { form: 'marker', mode: ['wp', 'both'] },
      target: presentWith({ maps: 'file', uffd: 'uffd', dirty: 'dirty' }),
    },
    {
      name: 'marked-stale',
      because: 'A kernel that does not ask for the mode takes the bit of any marker along.',
      when: { form: 'marker' },
      given: { hugetlbMapAsksMode: false },
      target: presentWith({ maps: 'file', uffd: 'uffd', dirty: 'dirty' }),
    },
    {
      name: 'read-only',
      because: 'In a VMA that is read only the page is mapped read-only and clean.',
      when: { form: ['none', 'marker'], prot: 'r' },
      target: presentWith({ maps: 'file' }),
    },
    {
      name: 'stale-marker',
      because: 'A marker that the VMA has no use for is mapped over at once.',
      when: { form: 'marker' },
      target: presentWith({ maps: 'file', write: 'write', dirty: 'dirty' }),
    },
    {
      name: 'map',
      because: 'A huge page of a shared file is mapped writable and unprotected, also on a read and in a WP VMA.',
      when: { form: 'none' },
      target: presentWith({ maps: 'file', write: 'write', dirty: 'dirty' }),
    },
    {
      name: 'occupied',
      because: 'The caller has looked under the lock: the entry is still what the fault has seen.',
      target: 'impossible',
    },
  ],
  ['hugetlb'],
);
