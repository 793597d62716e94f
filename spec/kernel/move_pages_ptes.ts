import { empty } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';

/** Takes a page, or its swap entry, away to another address. @kernel mm/userfaultfd.c move_pages_ptes() */
export const move_pages_ptes = kernelFunction('move_pages_ptes', 'mm/userfaultfd.c', {}, [
  {
    name: 'present',
    because: 'A page of our own leaves; its mark does not go with it.',
    when: { form: 'present', exclusive: 'exclusive' },
    target: empty,
  },
  {
    name: 'zero-page',
    because: 'The zero page moves too.',
    when: { form: 'present' },
    target: empty,
  },
  {
    name: 'swap',
    because: 'A swap entry of our own leaves.',
    when: { form: 'swap', swap: 'own' },
    target: empty,
  },
  {
    name: 'not-movable',
    because: 'The caller has found something that can be moved.',
    target: 'impossible',
  },
]);
