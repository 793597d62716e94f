import { presentWith } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { fault, writable } from './payload.ts';

/** Maps the page of a file that a fault has found or made. @kernel mm/memory.c set_pte_range() */
export const set_pte_range = kernelFunction(
  'set_pte_range',
  'mm/memory.c',
  { fault, writable },
  [
    {
      name: 'read-writable',
      because: 'A read maps the page with the permissions of the VMA, and those of a shared one allow writing.',
      when: { form: 'none', fault: 'read', writable: 'yes' },
      target: presentWith({ maps: 'file', write: 'write', young: 'young' }),
    },
    {
      name: 'read',
      because: 'Where WP wants to hear of writes, a read maps the page read-only, and unprotected.',
      when: { form: 'none', fault: 'read' },
      target: presentWith({ maps: 'file', young: 'young' }),
    },
    {
      name: 'write',
      because: 'A write maps the page writable, dirty and unprotected.',
      when: { form: 'none', fault: 'write' },
      target: presentWith({ maps: 'file', write: 'write', dirty: 'dirty', young: 'young' }),
    },
    {
      name: 'marked-read',
      because: 'Where a marker stands the page is mapped with the bit.',
      when: { form: 'marker', fault: 'read' },
      target: presentWith({ maps: 'file', uffd: 'uffd', young: 'young' }),
    },
    {
      name: 'marked-write',
      because: 'So is it on a write, which faults again for want of write permission.',
      when: { form: 'marker', fault: 'write' },
      target: presentWith({ maps: 'file', uffd: 'uffd', dirty: 'dirty', young: 'young' }),
    },
    {
      name: 'occupied',
      because: 'The caller has looked under the lock: the entry is still what the fault has seen.',
      target: 'impossible',
    },
  ],
  ['shmem'],
);
