import { presentWith } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { prot } from './payload.ts';

/** Puts the zero page into an empty entry. @kernel mm/userfaultfd.c mfill_atomic_pte_zeropage() */
export const mfill_atomic_pte_zeropage = kernelFunction(
  'mfill_atomic_pte_zeropage',
  'mm/userfaultfd.c',
  { prot },
  [
    {
      name: 'nobody',
      because: 'In a VMA that nobody may access the zero page arrives without access.',
      when: { form: 'none', prot: 'none' },
      target: presentWith({ maps: 'zero', access: 'no-access' }),
    },
    {
      name: 'plain',
      because: 'Else it arrives readable and unprotected.',
      when: { form: 'none' },
      target: presentWith({ maps: 'zero' }),
    },
    {
      name: 'occupied',
      because: 'The caller has found the entry empty: a marker is in the way too.',
      target: 'impossible',
    },
  ],
  ['anon', 'shmem-private'],
);
