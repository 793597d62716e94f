import { empty } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { fileRights } from './file-rights.ts';
import { prot, writable } from './payload.ts';

/** What the end of a registration does to one entry. @kernel mm/userfaultfd.c userfaultfd_clear_vma() */
export const userfaultfd_clear_vma = kernelFunction('userfaultfd_clear_vma', 'mm/userfaultfd.c', { prot, writable }, [
  {
    name: 'poison-or-guard',
    because: 'Markers of poison and of guards are passed over, with the bit that a scan has set on them.',
    when: { form: ['poison', 'guard'] },
    target: {},
  },
  {
    name: 'marker',
    because: 'A marker goes.',
    when: { form: 'marker' },
    target: empty,
  },
  {
    name: 'empty',
    because: 'An empty entry stays empty.',
    when: { form: 'none' },
    target: {},
  },
  {
    name: 'nobody',
    because: 'In a VMA that nobody may access only the mark goes.',
    when: { form: 'present', prot: 'none' },
    target: { uffd: 'clear', access: 'no-access', write: 'no' },
  },
  ...fileRights({ uffd: 'clear' }),
  {
    name: 'own',
    because: 'A page of our own gets its access and write permission back.',
    when: { form: 'present', exclusive: 'exclusive', prot: 'rw' },
    target: { uffd: 'clear', access: 'vma', write: 'write' },
  },
  {
    name: 'shared',
    because: 'A page that may be shared, or only be read, gets its access back.',
    when: { form: 'present' },
    target: { uffd: 'clear', access: 'vma' },
  },
  {
    name: 'writable-migration',
    because: 'Every walk makes a writable migration entry a readable one.',
    when: { form: 'migration', migration: 'writable' },
    given: { armingDowngradesMigration: true },
    target: { uffd: 'clear', migration: 'readable-exclusive' },
  },
  {
    name: 'non-present',
    because: 'A page that is elsewhere loses the mark in its entry.',
    target: { uffd: 'clear' },
  },
]);
