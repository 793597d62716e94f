import type { Region } from '../../machine/machine.ts';

/** What a swap entry remembers of exclusivity. */
export const swap: Region = {
  name: 'swap',
  says: 'the swap slot: none, one that others may share, or one of our own',
  states: ['none', 'shared', 'own'],
};
