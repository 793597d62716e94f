import { empty } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { fileRights } from './file-rights.ts';
import { arm, prot, writable } from './payload.ts';

/** What UFFDIO_RWPROTECT does to one entry. @kernel mm/userfaultfd.c mrwprotect_range() */
export const mrwprotect_range = kernelFunction('mrwprotect_range', 'mm/userfaultfd.c', { arm, prot, writable }, [
  {
    name: 'poison-or-guard',
    because: 'Markers of poison and of guards are passed over, with the bit that a scan has set on them.',
    when: { form: ['poison', 'guard'] },
    target: {},
  },
  {
    name: 'unpopulated',
    because: 'Empty entries are not armed and get no marker.',
    when: { form: 'none' },
    target: {},
  },
  {
    name: 'marker',
    because: 'Markers belong to WP.',
    when: { form: 'marker', arm: 'protect' },
    target: {},
  },
  {
    name: 'marker-dropped',
    because: 'Unprotecting drops a marker.',
    when: { form: 'marker' },
    target: empty,
  },
  {
    name: 'arm',
    because: 'A page loses its access and gets the bit; content, frame and dirty bit stay.',
    when: { form: 'present', arm: 'protect' },
    given: { rwpSetsBit: true },
    target: { uffd: 'uffd', access: 'no-access', write: 'no' },
  },
  {
    name: 'arm-bare',
    because: 'Without a bit of its own the missing access is the whole mark.',
    when: { form: 'present', arm: 'protect' },
    target: { access: 'no-access', write: 'no' },
  },
  {
    name: 'arm-swapped',
    because: 'A swapped page is armed in its swap entry.',
    when: { form: 'swap', arm: 'protect' },
    given: { rwpArmsSwap: true, rwpSetsBit: true },
    target: { uffd: 'uffd' },
  },
  {
    name: 'skip-swapped',
    because: 'A swapped page is passed over.',
    when: { form: 'swap', arm: 'protect' },
    target: {},
  },
  {
    name: 'arm-writable-migration',
    because: 'A writable migration entry becomes a readable one, so that the page does not arrive writable.',
    when: { form: 'migration', migration: 'writable', arm: 'protect' },
    given: { rwpArmsMigration: true, rwpSetsBit: true, armingDowngradesMigration: true },
    target: { uffd: 'uffd', migration: 'readable-exclusive' },
  },
  {
    name: 'arm-migration',
    because: 'A page on the move is armed in its migration entry.',
    when: { form: 'migration', arm: 'protect' },
    given: { rwpArmsMigration: true, rwpSetsBit: true },
    target: { uffd: 'uffd' },
  },
  {
    name: 'skip-migration',
    because: 'A page on the move is passed over.',
    when: { form: 'migration', arm: 'protect' },
    target: {},
  },
  {
    name: 'resolve-nobody',
    because: 'In a VMA that nobody may access the mark goes and the access does not come back.',
    when: { form: 'present', prot: 'none' },
    given: { rwpSetsBit: true },
    target: { uffd: 'clear', access: 'no-access', write: 'no' },
  },
  ...fileRights({ uffd: 'clear' }, { rwpSetsBit: true }),
  {
    name: 'resolve-own',
    because: 'A page of our own becomes accessible and writable.',
    when: { form: 'present', exclusive: 'exclusive', prot: 'rw' },
    given: { rwpSetsBit: true },
    target: { uffd: 'clear', access: 'vma', write: 'write' },
  },
  {
    name: 'resolve-shared',
    because: 'A page that may be shared, or only be read, becomes readable.',
    when: { form: 'present' },
    given: { rwpSetsBit: true },
    target: { uffd: 'clear', access: 'vma' },
  },
  {
    name: 'resolve-bare-nobody',
    because: 'The same without a bit: nothing changes.',
    when: { form: 'present', prot: 'none' },
    target: {},
  },
  {
    name: 'resolve-bare-protected',
    because: 'Without a bit of its own RWP leaves the bit to WP, which keeps the page read-only.',
    when: { form: 'present', uffd: 'uffd' },
    target: { access: 'vma' },
  },
  {
    name: 'resolve-bare-own',
    because: 'Without a bit only the access comes back.',
    when: { form: 'present', exclusive: 'exclusive', prot: 'rw' },
    target: { access: 'vma', write: 'write' },
  },
  {
    name: 'resolve-bare-shared',
    because: 'The same for a page that may be shared, or only be read.',
    when: { form: 'present' },
    target: { access: 'vma' },
  },
  {
    name: 'resolve-writable-migration',
    because: 'Every walk makes a writable migration entry a readable one.',
    when: { form: 'migration', migration: 'writable' },
    given: { rwpSetsBit: true, armingDowngradesMigration: true },
    target: { uffd: 'clear', migration: 'readable-exclusive' },
  },
  {
    name: 'resolve-non-present',
    because: 'A page that is elsewhere loses the mark in its entry.',
    given: { rwpSetsBit: true },
    target: { uffd: 'clear' },
  },
  {
    name: 'resolve-bare-non-present',
    because: 'Without a bit a page that is elsewhere has no mark to lose.',
    target: {},
  },
]);
