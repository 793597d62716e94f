import type { Region } from '../../machine/machine.ts';

/** The hardware's dirty bit. */
export const dirty: Region = { name: 'dirty', says: 'the dirty bit of a present entry', states: ['no', 'dirty'] };
