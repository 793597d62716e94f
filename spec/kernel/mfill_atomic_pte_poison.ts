import { poison } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';

/** Puts a marker of poison into an empty entry. @kernel mm/userfaultfd.c mfill_atomic_pte_poison() */
export const mfill_atomic_pte_poison = kernelFunction('mfill_atomic_pte_poison', 'mm/userfaultfd.c', {}, [
  {
    name: 'poison',
    because: 'From now on an access gets SIGBUS, as if the memory itself had failed.',
    when: { form: 'none' },
    target: poison,
  },
  {
    name: 'occupied',
    because: 'The caller has found the entry empty: a marker is in the way too.',
    target: 'impossible',
  },
]);
