import { presentWith } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { mode } from './payload.ts';

/** Puts the zero page that MOVE has found elsewhere into an empty entry. @kernel mm/userfaultfd.c move_zeropage_pte() */
export const move_zeropage_pte = kernelFunction('move_zeropage_pte', 'mm/userfaultfd.c', { mode }, [
  {
    name: 'armed',
    because: 'In an RWP VMA the zero page arrives armed too.',
    when: { form: 'none', mode: ['rwp', 'both'] },
    given: { moveArms: true },
    target: presentWith({ maps: 'zero', uffd: 'uffd', access: 'no-access' }),
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
]);
