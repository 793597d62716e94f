import { arrives } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { mode, prot } from './payload.ts';

/** Maps a swapped page again, without a fault, when its swap area is taken away. @kernel mm/swapfile.c unuse_pte() */
export const unuse_pte = kernelFunction(
  'unuse_pte',
  'mm/swapfile.c',
  { mode, prot },
  [
    {
      name: 'armed',
      because: 'In an RWP VMA the bit in the swap entry means armed: the page comes back without access.',
      when: { form: 'swap', swap: 'own', uffd: 'uffd', mode: ['rwp', 'both'] },
      given: { swapoffKeepsBit: true, swapoffRestoresNoAccess: true },
      target: arrives({ access: 'no-access', exclusive: 'exclusive' }),
    },
    {
      name: 'shared-armed',
      because: 'The same for a page that others may share.',
      when: { form: 'swap', swap: 'shared', uffd: 'uffd', mode: ['rwp', 'both'] },
      given: { swapoffKeepsBit: true, swapoffRestoresNoAccess: true },
      target: arrives({ access: 'no-access' }),
    },
    {
      name: 'nobody',
      because: 'In a VMA that nobody may access it comes back without access too, and keeps its bit.',
      when: { form: 'swap', swap: 'own', prot: 'none' },
      given: { swapoffKeepsBit: true },
      target: arrives({ access: 'no-access', exclusive: 'exclusive' }),
    },
    {
      name: 'shared-nobody',
      because: 'The same for a page that others may share.',
      when: { form: 'swap', swap: 'shared', prot: 'none' },
      given: { swapoffKeepsBit: true },
      target: arrives({ access: 'no-access' }),
    },
    {
      name: 'own',
      because: 'Else it comes back read-only, with the bit that it had; the first write makes it writable.',
      when: { form: 'swap', swap: 'own' },
      given: { swapoffKeepsBit: true },
      target: arrives({ exclusive: 'exclusive' }),
    },
    {
      name: 'shared',
      because: 'The same for a page that others may share.',
      when: { form: 'swap', swap: 'shared' },
      given: { swapoffKeepsBit: true },
      target: arrives({}),
    },
    {
      name: 'nobody-unmarked',
      because: 'A swapoff that forgets the bit, in a VMA that nobody may access.',
      when: { form: 'swap', swap: 'own', prot: 'none' },
      target: arrives({ uffd: 'clear', access: 'no-access', exclusive: 'exclusive' }),
    },
    {
      name: 'shared-nobody-unmarked',
      because: 'The same for a page that others may share.',
      when: { form: 'swap', swap: 'shared', prot: 'none' },
      target: arrives({ uffd: 'clear', access: 'no-access' }),
    },
    {
      name: 'own-unmarked',
      because: 'A swapoff that forgets the bit maps the page as if it had never been protected.',
      when: { form: 'swap', swap: 'own' },
      target: arrives({ uffd: 'clear', exclusive: 'exclusive' }),
    },
    {
      name: 'shared-unmarked',
      because: 'The same for a page that others may share.',
      when: { form: 'swap', swap: 'shared' },
      target: arrives({ uffd: 'clear' }),
    },
    {
      name: 'not-swapped',
      because: 'The caller has compared the entry with the swap entry.',
      target: 'impossible',
    },
  ],
  ['anon', 'shmem-private'],
);
