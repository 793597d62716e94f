import { empty, marker } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { fileRights } from './file-rights.ts';
import { arm, flag, mode, prot, writable } from './payload.ts';

/** What UFFDIO_WRITEPROTECT does to one entry. @kernel mm/userfaultfd.c mwriteprotect_range() */
export const mwriteprotect_range = kernelFunction(
  'mwriteprotect_range',
  'mm/userfaultfd.c',
  { arm, mode, prot, writable, markers: flag },
  [
    {
      name: 'poison-or-guard',
      because: 'Markers of poison and of guards are passed over, with the bit that a scan has set on them.',
      when: { form: ['poison', 'guard'] },
      target: {},
    },
    {
      name: 'mark-empty',
      because: 'An empty entry gets a marker where the VMA is of a file, or the context asked for it.',
      when: { form: 'none', arm: 'protect', markers: 'yes' },
      target: marker,
    },
    {
      name: 'unpopulated',
      because: 'Else an empty entry is left alone.',
      when: { form: 'none' },
      target: {},
    },
    {
      name: 'marked',
      because: 'A marker is protection already.',
      when: { form: 'marker', arm: 'protect' },
      target: {},
    },
    {
      name: 'unmark',
      because: 'Unprotecting drops a marker.',
      when: { form: 'marker' },
      target: empty,
    },
    {
      name: 'arm-kept-out',
      because: 'Where RWP may be in force too, the access stays as it is.',
      when: { form: 'present', arm: 'protect', mode: 'both' },
      target: { uffd: 'uffd', write: 'no' },
    },
    {
      name: 'arm-nobody',
      because: 'In a VMA that nobody may access the page stays without access.',
      when: { form: 'present', arm: 'protect', prot: 'none' },
      target: { uffd: 'uffd', write: 'no', access: 'no-access' },
    },
    {
      name: 'arm',
      because: 'A page loses its write permission and gets the bit; a NUMA hint on it ends.',
      when: { form: 'present', arm: 'protect' },
      target: { uffd: 'uffd', write: 'no', access: 'vma' },
    },
    {
      name: 'arm-writable-migration',
      because: 'A writable migration entry becomes a readable one.',
      when: { form: 'migration', migration: 'writable', arm: 'protect' },
      given: { armingDowngradesMigration: true },
      target: { uffd: 'uffd', migration: 'readable-exclusive' },
    },
    {
      name: 'arm-non-present',
      because: 'A page that is elsewhere is marked in its entry.',
      when: { arm: 'protect' },
      target: { uffd: 'uffd' },
    },
    {
      name: 'resolve-kept-out',
      because: 'Where RWP may be in force too, a page without access stays so.',
      when: { form: 'present', mode: 'both', access: 'no-access' },
      target: { uffd: 'clear' },
    },
    {
      name: 'resolve-nobody',
      because: 'In a VMA that nobody may access only the bit goes.',
      when: { form: 'present', prot: 'none' },
      target: { uffd: 'clear', access: 'no-access', write: 'no' },
    },
    ...fileRights({ uffd: 'clear' }),
    {
      name: 'resolve-own',
      because: 'A page of our own becomes writable.',
      when: { form: 'present', exclusive: 'exclusive', prot: 'rw' },
      target: { uffd: 'clear', access: 'vma', write: 'write' },
    },
    {
      name: 'resolve-shared',
      because: 'A page that may be shared, or only be read, stays read-only, without the bit.',
      when: { form: 'present' },
      target: { uffd: 'clear', access: 'vma' },
    },
    {
      name: 'resolve-writable-migration',
      because: 'Every walk makes a writable migration entry a readable one.',
      when: { form: 'migration', migration: 'writable' },
      given: { armingDowngradesMigration: true },
      target: { uffd: 'clear', migration: 'readable-exclusive' },
    },
    {
      name: 'resolve-non-present',
      because: 'A page that is elsewhere loses the mark in its entry.',
      target: { uffd: 'clear' },
    },
  ],
);
