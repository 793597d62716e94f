import { kernelFunction } from '../machine/kernel-function.ts';

/** Wakes one thread whose address is in the range. @kernel mm/userfaultfd.c userfaultfd_wake_function() */
export const userfaultfd_wake_function = kernelFunction('userfaultfd_wake_function', 'mm/userfaultfd.c', {}, [
  {
    name: 'wake',
    because: 'The thread runs again, and its message, read or not, is gone from the queues.',
    when: { task: ['about-to-sleep', 'asleep'], queue: ['queued', 'read'] },
    target: { task: 'running', queue: 'out' },
  },
  {
    name: 'not-waiting',
    because: 'A thread that runs is not woken, and stays in its queue until it takes itself off.',
    target: {},
  },
]);
