import type { Region } from '../../machine/machine.ts';

/** Whether a present entry gives the access of its VMA, or none at all. */
export const access: Region = {
  name: 'access',
  says: 'a present entry without access is mapped for the kernel and not for the hardware',
  states: ['vma', 'no-access'],
};
