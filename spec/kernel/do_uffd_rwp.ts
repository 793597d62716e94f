import { kernelFunction } from '../machine/kernel-function.ts';
import { fileRights } from './file-rights.ts';
import { prot, writable } from './payload.ts';

/** Resolves an access to an armed entry in the async mode. @kernel mm/memory.c do_uffd_rwp() */
export const do_uffd_rwp = kernelFunction('do_uffd_rwp', 'mm/memory.c', { prot, writable }, [
  ...fileRights({ uffd: 'clear', young: 'young' }, { rwpSetsBit: true }),
  {
    name: 'own',
    because: 'The page is ours: it becomes accessible and writable, and the bit goes.',
    when: { form: 'present', access: 'no-access', exclusive: 'exclusive', prot: 'rw' },
    given: { rwpSetsBit: true },
    target: { uffd: 'clear', access: 'vma', write: 'write', young: 'young' },
  },
  {
    name: 'shared',
    because: 'The page may be shared, or only be read: it becomes readable, and a write faults once more.',
    when: { form: 'present', access: 'no-access' },
    given: { rwpSetsBit: true },
    target: { uffd: 'clear', access: 'vma', young: 'young' },
  },
  {
    name: 'bare-protected',
    because: 'Without a bit of its own RWP leaves the bit to WP, which keeps the page read-only.',
    when: { form: 'present', access: 'no-access', uffd: 'uffd' },
    target: { access: 'vma', young: 'young' },
  },
  {
    name: 'bare-own',
    because: 'Without a bit only the access comes back.',
    when: { form: 'present', access: 'no-access', exclusive: 'exclusive', prot: 'rw' },
    target: { access: 'vma', write: 'write', young: 'young' },
  },
  {
    name: 'bare-shared',
    because: 'The same for a page that may be shared, or only be read.',
    when: { form: 'present', access: 'no-access' },
    target: { access: 'vma', young: 'young' },
  },
  {
    name: 'not-armed',
    because: 'The caller has seen an entry without access.',
    target: 'impossible',
  },
]);
