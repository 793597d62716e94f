import { kernelFunction } from '../machine/kernel-function.ts';

/** What fork leaves of one of its own entries when it gives the child a copy. @kernel mm/memory.c copy_page_range() */
export const copy_page_range = kernelFunction('copy_page_range', 'mm/memory.c', {}, [
  {
    name: 'marks-lost',
    because: 'A fork that takes the mark of the parent along.',
    when: { form: ['present', 'swap'], maps: 'anon', uffd: 'uffd' },
    given: { forkKeepsMarks: false },
    target: { uffd: 'clear', exclusive: 'no', write: 'no' },
  },
  {
    name: 'share',
    because: 'The page is shared from here on: it is not writable, nor exclusive, and keeps its mark.',
    when: { form: 'present', maps: 'anon' },
    given: { forkProtectsParent: true },
    target: { exclusive: 'no', write: 'no' },
  },
  {
    name: 'share-writable',
    because: 'A fork that forgets about the write permission of the parent.',
    when: { form: 'present', maps: 'anon' },
    target: { exclusive: 'no' },
  },
  {
    name: 'share-swap',
    because: 'The swap slot is shared from here on, and keeps its mark.',
    when: { form: 'swap' },
    target: { swap: 'shared' },
  },
  {
    name: 'share-migration',
    because: 'A page on the move will arrive read-only, and keeps its mark.',
    when: { form: 'migration' },
    target: { migration: 'readable' },
  },
  {
    name: 'nothing-to-share',
    because: 'The zero page, markers and empty entries are as they were.',
    target: {},
  },
]);
