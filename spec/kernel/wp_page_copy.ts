import { presentWith } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';

/** Copies a page that may be shared, and maps the copy. @kernel mm/memory.c wp_page_copy() */
export const wp_page_copy = kernelFunction(
  'wp_page_copy',
  'mm/memory.c',
  {},
  [
    {
      name: 'copy',
      because: 'The copy is ours, writable, dirty and unprotected.',
      when: { form: 'present', exclusive: 'no' },
      target: presentWith({ maps: 'anon', write: 'write', exclusive: 'exclusive', dirty: 'dirty', young: 'young' }),
    },
    {
      name: 'ours-already',
      because: 'An exclusive page is reused, never copied.',
      target: 'impossible',
    },
  ],
  ['anon', 'shmem-private'],
);
