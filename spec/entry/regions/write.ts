import type { Region } from '../../machine/machine.ts';

/** Whether the hardware may write through the entry. */
export const write: Region = {
  name: 'write',
  says: 'the write permission of a present entry',
  states: ['no', 'write'],
};
