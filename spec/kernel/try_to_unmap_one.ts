import { leavesToSwap } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';

/** Puts a swap entry in the place of a page. @kernel mm/rmap.c try_to_unmap_one() */
export const try_to_unmap_one = kernelFunction('try_to_unmap_one', 'mm/rmap.c', {}, [
  {
    name: 'carry',
    because: 'A page of our own goes to swap, and the bit goes with it.',
    when: { form: 'present', exclusive: 'exclusive' },
    given: { swapOutCarriesBit: true },
    target: leavesToSwap('own'),
  },
  {
    name: 'drop',
    because: 'A swap-out that forgets the bit.',
    when: { form: 'present', exclusive: 'exclusive' },
    target: leavesToSwap('own', { uffd: 'clear' }),
  },
  {
    name: 'nothing-to-swap',
    because: 'The zero page, and entries without a page, are not for reclaim.',
    target: {},
  },
]);
