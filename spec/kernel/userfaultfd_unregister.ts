import { kernelFunction } from '../machine/kernel-function.ts';

/** Ends the registration of a VMA. @kernel mm/userfaultfd.c userfaultfd_unregister() */
export const userfaultfd_unregister = kernelFunction('userfaultfd_unregister', 'mm/userfaultfd.c', {}, [
  { name: 'clear', because: 'All modes go, whatever they were.', target: { protection: 'none', missing: 'no' } },
]);
