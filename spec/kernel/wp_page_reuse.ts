import { kernelFunction } from '../machine/kernel-function.ts';

/** Makes a page that is ours alone writable. @kernel mm/memory.c wp_page_reuse() */
export const wp_page_reuse = kernelFunction('wp_page_reuse', 'mm/memory.c', {}, [
  {
    name: 'reuse',
    because: 'The page is exclusive: it is written where it is.',
    when: { form: 'present', exclusive: 'exclusive' },
    target: { write: 'write', dirty: 'dirty', young: 'young' },
  },
  {
    name: 'file',
    because: 'A page of a shared file is written where it is.',
    when: { form: 'present', maps: 'file' },
    target: { write: 'write', dirty: 'dirty', young: 'young' },
  },
  {
    name: 'sole',
    because: 'The page was shared, and nobody else is left: it is ours again.',
    when: { form: 'present', maps: 'anon' },
    target: { write: 'write', exclusive: 'exclusive', dirty: 'dirty', young: 'young' },
  },
  {
    name: 'not-ours',
    because: 'Only an exclusive page, or one of a shared file, may be reused.',
    target: 'impossible',
  },
]);
