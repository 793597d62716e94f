import { empty, leavesToSwap, marker } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { mode } from './payload.ts';

/** Puts a swap entry in the place of a page, and of a page of a file nothing, or a marker. @kernel mm/rmap.c try_to_unmap_one() */
export const try_to_unmap_one = kernelFunction('try_to_unmap_one', 'mm/rmap.c', { mode }, [
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
    name: 'file-protected',
    because:
      'A page of a file leaves a marker where it was write-protected: the file keeps the page, not the protection.',
    when: { form: 'present', maps: 'file', uffd: 'uffd', mode: ['wp', 'both'] },
    target: marker,
  },
  {
    name: 'file',
    because: 'Else it leaves nothing, and so RWP has nothing to mark.',
    when: { form: 'present', maps: 'file' },
    target: empty,
  },
  {
    name: 'carry-shared',
    because: 'A page that was shared goes to a slot that may be shared, and the bit goes with it.',
    when: { form: 'present', maps: 'anon' },
    given: { swapOutCarriesBit: true },
    target: leavesToSwap('shared'),
  },
  {
    name: 'drop-shared',
    because: 'A swap-out that forgets the bit.',
    when: { form: 'present', maps: 'anon' },
    target: leavesToSwap('shared', { uffd: 'clear' }),
  },
  {
    name: 'nothing-to-swap',
    because: 'The zero page, and entries without a page, are not for reclaim.',
    target: {},
  },
]);
