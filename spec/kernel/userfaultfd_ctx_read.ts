import { kernelFunction } from '../machine/kernel-function.ts';

/** Hands a message to user space. @kernel mm/userfaultfd.c userfaultfd_ctx_read() */
export const userfaultfd_ctx_read = kernelFunction('userfaultfd_ctx_read', 'mm/userfaultfd.c', {}, [
  {
    name: 'read',
    because: 'The message leaves the queue of the unread, and its thread goes on waiting.',
    when: { queue: 'queued' },
    target: { queue: 'read' },
  },
  { name: 'nothing-queued', because: 'The caller has found the message in the queue.', target: 'impossible' },
]);
