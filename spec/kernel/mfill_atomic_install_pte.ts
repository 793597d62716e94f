import { presentWith } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { flag, prot } from './payload.ts';

/** What a copied page may take the place of. A guard is not for the caller to take away, where a design says so. */
const vacant = ['none', 'marker', 'poison', 'guard'] as const;

/** Puts a copied page into an empty entry. @kernel mm/userfaultfd.c mfill_atomic_install_pte() */
export const mfill_atomic_install_pte = kernelFunction(
  'mfill_atomic_install_pte',
  'mm/userfaultfd.c',
  { protect: flag, prot },
  [
    {
      name: 'guard',
      because: 'The caller has found a guard, and refused.',
      when: { form: 'guard' },
      given: { copyReplacesGuard: false },
      target: 'impossible',
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
