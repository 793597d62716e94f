import type { Region } from '../../machine/machine.ts';

/** The hardware's accessed bit. */
export const young: Region = { name: 'young', says: 'the accessed bit of a present entry', states: ['no', 'young'] };
