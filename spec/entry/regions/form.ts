import type { Region } from '../../machine/machine.ts';

/** What the entry is. */
export const form: Region = {
  name: 'form',
  says: 'what the page-table entry is: empty, a mapped page, a swap slot, a page on the move, or a marker of write protection, of poison or of a guard',
  states: ['none', 'present', 'swap', 'migration', 'marker', 'poison', 'guard'],
};
