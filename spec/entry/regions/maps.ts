import type { Region } from '../../machine/machine.ts';

/** What an entry maps, or will map again when it is back from swap or arrives. */
export const maps: Region = {
  name: 'maps',
  says: 'what an entry maps, or will map again: the zero page, an anonymous page, or a page of a file',
  states: ['nothing', 'zero', 'anon', 'file'],
  bare: true,
};
