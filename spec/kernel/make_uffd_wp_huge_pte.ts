import { kernelFunction } from '../machine/kernel-function.ts';

/** Write-protects the entry of a huge page in a protecting PAGEMAP_SCAN. @kernel fs/proc/task_mmu.c make_uffd_wp_huge_pte() */
export const make_uffd_wp_huge_pte = kernelFunction(
  'make_uffd_wp_huge_pte',
  'fs/proc/task_mmu.c',
  {},
  [
    {
      name: 'marker',
      because: 'Markers are left alone.',
      when: { form: ['marker', 'poison', 'guard'] },
      target: {},
    },
    {
      name: 'arm',
      because: 'A page loses its write permission and gets the bit.',
      when: { form: 'present' },
      target: { uffd: 'uffd', write: 'no' },
    },
    {
      name: 'empty',
      because: 'An empty entry of a huge page does not count as written, so that no scan protects it.',
      when: { form: 'none' },
      target: 'impossible',
    },
    {
      name: 'mark',
      because: 'A page on the move gets the bit.',
      target: { uffd: 'uffd' },
    },
  ],
  ['hugetlb'],
);
