import { marker } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';

/** Write-protects an entry in a protecting PAGEMAP_SCAN. @kernel fs/proc/task_mmu.c make_uffd_wp_pte() */
export const make_uffd_wp_pte = kernelFunction('make_uffd_wp_pte', 'fs/proc/task_mmu.c', {}, [
  {
    name: 'mark-empty',
    because: 'An empty entry gets a marker.',
    when: { form: 'none' },
    target: marker,
  },
  {
    name: 'arm',
    because: 'A page loses its write permission and gets the bit.',
    when: { form: 'present' },
    target: { uffd: 'uffd', write: 'no' },
  },
  {
    name: 'writable-migration',
    because: 'A writable migration entry becomes a readable one.',
    when: { form: 'migration', migration: 'writable' },
    given: { scanDowngradesMigration: true },
    target: { uffd: 'uffd', migration: 'readable-exclusive' },
  },
  {
    name: 'mark',
    because: 'Any other entry gets the bit and keeps its kind.',
    target: { uffd: 'uffd' },
  },
]);
