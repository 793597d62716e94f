import { empty } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';

/** Empties an entry; on anonymous memory the mark goes with it. @kernel mm/memory.c zap_pte_range() */
export const zap_pte_range = kernelFunction('zap_pte_range', 'mm/memory.c', {}, [
  {
    name: 'guard-stays',
    because: 'Only the end of the mapping takes a guard away.',
    when: { form: 'guard' },
    target: {},
  },
  {
    name: 'zap',
    because: 'Whatever it was, it is empty now.',
    target: empty,
  },
]);
