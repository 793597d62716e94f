import { kernelFunction } from '../machine/kernel-function.ts';

/** Ends the registration of a VMA that has moved, where the manager has not asked for the event. @kernel mm/userfaultfd.c mremap_userfaultfd_prep() */
export const mremap_userfaultfd_prep = kernelFunction('mremap_userfaultfd_prep', 'mm/userfaultfd.c', {}, [
  {
    name: 'drop',
    because: 'All modes go: they stay with the old place.',
    target: { protection: 'none', missing: 'no' },
  },
]);
