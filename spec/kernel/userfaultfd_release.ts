import { kernelFunction } from '../machine/kernel-function.ts';

/** Closes the descriptor, and with it all its registrations. @kernel mm/userfaultfd.c userfaultfd_release() */
export const userfaultfd_release = kernelFunction('userfaultfd_release', 'mm/userfaultfd.c', {}, [
  {
    name: 'close',
    because: 'All modes go, and the descriptor too.',
    target: { protection: 'none', missing: 'no', context: 'closed' },
  },
]);
