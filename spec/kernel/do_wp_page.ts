import { kernelFunction } from '../machine/kernel-function.ts';

/** Resolves a write to a write-protected entry in the async mode: the bit goes, the write goes on. @kernel mm/memory.c do_wp_page() */
export const do_wp_page = kernelFunction('do_wp_page', 'mm/memory.c', {}, [
  {
    name: 'async',
    because: 'The bit is cleared under the lock; that it is clear now says that the page was written.',
    when: { form: 'present', uffd: 'uffd', write: 'no' },
    target: { uffd: 'clear' },
  },
  {
    name: 'not-protected',
    because: 'The caller has found the bit under the lock.',
    target: 'impossible',
  },
]);
