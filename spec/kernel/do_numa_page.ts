import { kernelFunction } from '../machine/kernel-function.ts';
import { fileRights } from './file-rights.ts';
import { mode, prot, writable } from './payload.ts';

/** Gives back the access that a NUMA hint took. @kernel mm/memory.c do_numa_page() */
export const do_numa_page = kernelFunction('do_numa_page', 'mm/memory.c', { mode, prot, writable }, [
  {
    name: 'write-protected',
    because: 'In a WP VMA a page with the bit stays read-only.',
    when: { form: 'present', access: 'no-access', uffd: 'uffd', mode: ['wp', 'both'] },
    target: { access: 'vma', young: 'young' },
  },
  ...fileRights({ young: 'young' }),
  {
    name: 'own',
    because: 'A page of our own becomes writable at once.',
    when: { form: 'present', access: 'no-access', exclusive: 'exclusive', prot: 'rw' },
    target: { access: 'vma', write: 'write', young: 'young' },
  },
  {
    name: 'shared',
    because: 'A page that may be shared, or only be read, becomes readable.',
    when: { form: 'present', access: 'no-access' },
    target: { access: 'vma', young: 'young' },
  },
  {
    name: 'not-hinted',
    because: 'The caller has seen an entry without access.',
    target: 'impossible',
  },
]);
