import type { Region } from '../../machine/machine.ts';

/** The one software bit of userfaultfd, in whatever physical form. */
export const uffd: Region = {
  name: 'uffd',
  says: 'the uffd bit: written-since-protected in a WP VMA, touched-since-armed in an RWP VMA, when it is clear',
  states: ['clear', 'uffd'],
};
