import type { Region } from '../../machine/machine.ts';

/** Whether the anonymous page is known to be mapped here only. */
export const exclusive: Region = {
  name: 'exclusive',
  says: 'the anon-exclusive mark of a present page: it may be written without a copy',
  states: ['no', 'exclusive'],
};
