import { presentWith } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { fault } from './payload.ts';

/** Fills an empty anonymous entry on a fault. @kernel mm/memory.c do_anonymous_page() */
export const do_anonymous_page = kernelFunction(
  'do_anonymous_page',
  'mm/memory.c',
  { fault },
  [
    {
      name: 'zero-page',
      because: 'A read of an empty entry maps the zero page: never writable, never exclusive, never protected.',
      when: { form: 'none', fault: 'read' },
      target: presentWith({ maps: 'zero', young: 'young' }),
    },
    {
      name: 'new-page',
      because: 'A write to an empty entry gets a new page of its own, writable and unprotected.',
      when: { form: 'none', fault: 'write' },
      target: presentWith({ maps: 'anon', write: 'write', exclusive: 'exclusive', dirty: 'dirty', young: 'young' }),
    },
    {
      name: 'marked-zero-page',
      because: 'A read where a marker stands maps the zero page with the bit.',
      when: { form: 'marker', fault: 'read' },
      target: presentWith({ maps: 'zero', uffd: 'uffd', young: 'young' }),
    },
    {
      name: 'marked-new-page',
      because:
        'A write where a marker stands gets a new page with the bit and so without write permission; it faults again.',
      when: { form: 'marker', fault: 'write' },
      target: presentWith({ maps: 'anon', uffd: 'uffd', exclusive: 'exclusive', dirty: 'dirty', young: 'young' }),
    },
    {
      name: 'not-empty',
      because: 'The caller has looked under the lock: the entry is empty or a marker.',
      target: 'impossible',
    },
  ],
  ['anon'],
);
