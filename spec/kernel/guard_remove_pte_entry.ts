import { empty } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';

/** Takes a guard away. @kernel mm/madvise.c guard_remove_pte_entry() */
export const guard_remove_pte_entry = kernelFunction('guard_remove_pte_entry', 'mm/madvise.c', {}, [
  {
    name: 'remove',
    because: 'The entry is empty again.',
    when: { form: 'guard' },
    target: empty,
  },
  {
    name: 'no-guard',
    because: 'Anything else stays as it is, other markers too.',
    target: {},
  },
]);
