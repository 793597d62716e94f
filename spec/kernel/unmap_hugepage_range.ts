import { empty, marker } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { mode } from './payload.ts';

/** Empties the entry of a huge page; write protection stays behind as a marker. @kernel mm/hugetlb.c unmap_hugepage_range() */
export const unmap_hugepage_range = kernelFunction(
  'unmap_hugepage_range',
  'mm/hugetlb.c',
  { mode },
  [
    {
      name: 'mark',
      because: 'In a WP VMA the bit stays behind as a marker, and a marker stays.',
      when: { uffd: 'uffd', mode: ['wp', 'both'] },
      target: marker,
    },
    {
      name: 'mark-stale',
      because: 'A kernel that does not ask for the mode leaves a marker for any bit.',
      when: { uffd: 'uffd' },
      given: { hugetlbUnmapAsksMode: false },
      target: marker,
    },
    {
      name: 'unmap',
      because: 'Whatever else it was, it is empty now, and its mark is gone.',
      target: empty,
    },
  ],
  ['hugetlb'],
);
