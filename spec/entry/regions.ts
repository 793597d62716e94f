import type { Region } from '../machine/machine.ts';

/** What the entry is. */
export const form: Region = {
  name: 'form',
  says: 'what the page-table entry is: empty, a mapped page, a swap slot, a page on the move, or a bare marker',
  states: ['none', 'present', 'swap', 'migration', 'marker'],
};

/** The one software bit of userfaultfd, in whatever physical form. */
export const uffd: Region = {
  name: 'uffd',
  says: 'the uffd bit: written-since-protected in a WP VMA, touched-since-armed in an RWP VMA, when it is clear',
  states: ['clear', 'uffd'],
};

/** Whether a present entry gives the access of its VMA, or none at all. */
export const access: Region = {
  name: 'access',
  says: 'a present entry without access is mapped for the kernel and not for the hardware',
  states: ['vma', 'no-access'],
};

/** Whether the hardware may write through the entry. */
export const write: Region = {
  name: 'write',
  says: 'the write permission of a present entry',
  states: ['no', 'write'],
};

/** Whether the anonymous page is known to be mapped here only. */
export const exclusive: Region = {
  name: 'exclusive',
  says: 'the anon-exclusive mark of a present page: it may be written without a copy',
  states: ['no', 'exclusive'],
};

/** The hardware's dirty bit. */
export const dirty: Region = { name: 'dirty', says: 'the dirty bit of a present entry', states: ['no', 'dirty'] };

/** The hardware's accessed bit. */
export const young: Region = { name: 'young', says: 'the accessed bit of a present entry', states: ['no', 'young'] };

/** What a swap entry remembers of exclusivity. */
export const swap: Region = {
  name: 'swap',
  says: 'the swap slot: none, one that others may share, or one of our own',
  states: ['none', 'shared', 'own'],
};

/** What a migration entry remembers of permission and exclusivity. */
export const migration: Region = {
  name: 'migration',
  says: 'the kind of a migration entry: what the page will be given when it arrives',
  states: ['none', 'readable', 'readable-exclusive', 'writable'],
};
