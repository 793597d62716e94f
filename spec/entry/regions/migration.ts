import type { Region } from '../../machine/machine.ts';

/** What a migration entry remembers of permission and exclusivity. */
export const migration: Region = {
  name: 'migration',
  says: 'the kind of a migration entry: what the page will be given when it arrives',
  states: ['none', 'readable', 'readable-exclusive', 'writable'],
};
