import { presentWith } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { flag, prot } from './payload.ts';

/** What a copied page may take the place of. A guard is not for the caller to take away, where a design says so. */
const vacant = ['none', 'marker', 'poison', 'guard'] as const;

/** What is put into the entry: a page of its own, or one of a shared file. */
const page = ['anon', 'file'] as const;

/** Puts a copied page, or one that the file has, into an empty entry. @kernel mm/userfaultfd.c mfill_atomic_install_pte() */
export const mfill_atomic_install_pte = kernelFunction(
  'mfill_atomic_install_pte',
  'mm/userfaultfd.c',
  { protect: flag, prot, page },
  [
    {
      name: 'guard',
      because: 'The caller has found a guard, and refused.',
      when: { form: 'guard' },
      given: { copyReplacesGuard: false },
      target: 'impossible',
    },
    {
      name: 'file-protected-nobody',
      because: 'A page of a file, in a VMA that nobody may access, arrives without access, with the bit if asked.',
      when: { form: vacant, page: 'file', protect: 'yes', prot: 'none' },
      target: presentWith({ maps: 'file', uffd: 'uffd', access: 'no-access', dirty: 'dirty' }),
    },
    {
      name: 'file-nobody',
      because: 'The same unprotected.',
      when: { form: vacant, page: 'file', prot: 'none' },
      target: presentWith({ maps: 'file', access: 'no-access', dirty: 'dirty' }),
    },
    {
      name: 'file-protected',
      because: 'MODE_WP: a page of a file arrives with the bit and without write permission.',
      when: { form: vacant, page: 'file', protect: 'yes' },
      target: presentWith({ maps: 'file', uffd: 'uffd', dirty: 'dirty' }),
    },
    {
      name: 'file-readable',
      because: 'In a VMA that nobody may write a page of a file arrives read-only.',
      when: { form: vacant, page: 'file', prot: 'r' },
      target: presentWith({ maps: 'file', dirty: 'dirty' }),
    },
    {
      name: 'file',
      because: 'Else it arrives writable and unprotected, also in an RWP VMA and over a marker.',
      when: { form: vacant, page: 'file' },
      target: presentWith({ maps: 'file', write: 'write', dirty: 'dirty' }),
    },
    {
      name: 'protected-nobody',
      because: 'In a VMA that nobody may access it arrives without access too.',
      when: { form: vacant, protect: 'yes', prot: 'none' },
      target: presentWith({ maps: 'anon', uffd: 'uffd', access: 'no-access', exclusive: 'exclusive', dirty: 'dirty' }),
    },
    {
      name: 'nobody',
      because: 'In a VMA that nobody may access the page arrives without access.',
      when: { form: vacant, prot: 'none' },
      target: presentWith({ maps: 'anon', access: 'no-access', exclusive: 'exclusive', dirty: 'dirty' }),
    },
    {
      name: 'protected',
      because: 'MODE_WP: the page arrives with the bit and without write permission.',
      when: { form: vacant, protect: 'yes' },
      target: presentWith({ maps: 'anon', uffd: 'uffd', exclusive: 'exclusive', dirty: 'dirty' }),
    },
    {
      name: 'readable',
      because: 'In a VMA that nobody may write the page arrives read-only.',
      when: { form: vacant, prot: 'r' },
      target: presentWith({ maps: 'anon', exclusive: 'exclusive', dirty: 'dirty' }),
    },
    {
      name: 'plain',
      because: 'Else it arrives writable and unprotected, also in an RWP VMA and over a marker, and poison is gone.',
      when: { form: vacant },
      target: presentWith({ maps: 'anon', write: 'write', exclusive: 'exclusive', dirty: 'dirty' }),
    },
    {
      name: 'occupied',
      because: 'The caller has found the entry empty.',
      target: 'impossible',
    },
  ],
);
