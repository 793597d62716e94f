import { presentWith } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { flag, prot } from './payload.ts';

/** Puts a copied page into an empty entry. @kernel mm/userfaultfd.c mfill_atomic_install_pte() */
export const mfill_atomic_install_pte = kernelFunction(
  'mfill_atomic_install_pte',
  'mm/userfaultfd.c',
  { protect: flag, prot },
  [
    {
      name: 'protected-nobody',
      because: 'In a VMA that nobody may access it arrives without access too.',
      when: { form: ['none', 'marker'], protect: 'yes', prot: 'none' },
      target: presentWith({ maps: 'anon', uffd: 'uffd', access: 'no-access', exclusive: 'exclusive', dirty: 'dirty' }),
    },
    {
      name: 'nobody',
      because: 'In a VMA that nobody may access the page arrives without access.',
      when: { form: ['none', 'marker'], prot: 'none' },
      target: presentWith({ maps: 'anon', access: 'no-access', exclusive: 'exclusive', dirty: 'dirty' }),
    },
    {
      name: 'protected',
      because: 'MODE_WP: the page arrives with the bit and without write permission.',
      when: { form: ['none', 'marker'], protect: 'yes' },
      target: presentWith({ maps: 'anon', uffd: 'uffd', exclusive: 'exclusive', dirty: 'dirty' }),
    },
    {
      name: 'plain',
      because: 'Else it arrives writable and unprotected, also in an RWP VMA and over a marker.',
      when: { form: ['none', 'marker'] },
      target: presentWith({ maps: 'anon', write: 'write', exclusive: 'exclusive', dirty: 'dirty' }),
    },
    {
      name: 'occupied',
      because: 'The caller has found the entry empty.',
      target: 'impossible',
    },
  ],
);
