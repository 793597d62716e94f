import { leavesToMigrate } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';

/** Puts a migration entry in the place of a page. @kernel mm/rmap.c try_to_migrate_one() */
export const try_to_migrate_one = kernelFunction('try_to_migrate_one', 'mm/rmap.c', {}, [
  {
    name: 'writable',
    because: 'A writable page leaves a writable entry; such a page has no bit.',
    when: { form: 'present', exclusive: 'exclusive', write: 'write' },
    given: { migrationCarriesBit: true },
    target: leavesToMigrate('writable'),
  },
  {
    name: 'readable',
    because: 'A page of our own that is not writable leaves a readable entry, and the bit goes with it.',
    when: { form: 'present', exclusive: 'exclusive' },
    given: { migrationCarriesBit: true },
    target: leavesToMigrate('readable-exclusive'),
  },
  {
    name: 'writable-drop',
    because: 'A migration that forgets the bit.',
    when: { form: 'present', exclusive: 'exclusive', write: 'write' },
    target: leavesToMigrate('writable', { uffd: 'clear' }),
  },
  {
    name: 'readable-drop',
    because: 'A migration that forgets the bit.',
    when: { form: 'present', exclusive: 'exclusive' },
    target: leavesToMigrate('readable-exclusive', { uffd: 'clear' }),
  },
  {
    name: 'file-writable',
    because: 'A writable page of a file leaves a writable entry.',
    when: { form: 'present', maps: 'file', write: 'write' },
    target: leavesToMigrate('writable'),
  },
  {
    name: 'file-readable',
    because: 'Any other page of a file leaves a readable entry, and the bit goes with it.',
    when: { form: 'present', maps: 'file' },
    given: { migrationCarriesBit: true },
    target: leavesToMigrate('readable'),
  },
  {
    name: 'file-readable-drop',
    because: 'A migration that forgets the bit.',
    when: { form: 'present', maps: 'file' },
    target: leavesToMigrate('readable', { uffd: 'clear' }),
  },
  {
    name: 'shared',
    because: 'A page that was shared leaves a readable entry, and the bit goes with it.',
    when: { form: 'present', maps: 'anon' },
    given: { migrationCarriesBit: true },
    target: leavesToMigrate('readable'),
  },
  {
    name: 'shared-drop',
    because: 'A migration that forgets the bit.',
    when: { form: 'present', maps: 'anon' },
    target: leavesToMigrate('readable', { uffd: 'clear' }),
  },
  {
    name: 'nothing-to-move',
    because: 'The zero page, and entries without a page, are not moved.',
    target: {},
  },
]);
