import { arrives } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { mode, prot, writable } from './payload.ts';

/** Maps the page where it has arrived. @kernel mm/migrate.c remove_migration_pte() */
export const remove_migration_pte = kernelFunction('remove_migration_pte', 'mm/migrate.c', { mode, prot, writable }, [
  {
    name: 'file-marked-armed',
    because: 'A page of a file that left a writable entry which has the bit by now arrives armed in an RWP VMA.',
    when: { form: 'migration', maps: 'file', migration: 'writable', uffd: 'uffd', mode: ['rwp', 'both'] },
    given: { writableMigrationRestoresBit: true, migrationRestoresNoAccess: true },
    target: arrives({ access: 'no-access' }),
  },
  {
    name: 'file-marked',
    because: 'Elsewhere it arrives protected.',
    when: { form: 'migration', maps: 'file', migration: 'writable', uffd: 'uffd', prot: ['rw', 'r'] },
    given: { writableMigrationRestoresBit: true },
    target: arrives({}),
  },
  {
    name: 'file-writable',
    because: 'A page of a file that left a writable entry arrives writable; its bit is not looked at.',
    when: { form: 'migration', maps: 'file', migration: 'writable', prot: ['rw', 'r'] },
    target: arrives({ uffd: 'clear', write: 'write' }),
  },
  {
    name: 'file-writable-nobody',
    because: 'In a VMA that nobody may access it arrives without access.',
    when: { form: 'migration', maps: 'file', migration: 'writable' },
    target: arrives({ uffd: 'clear', access: 'no-access' }),
  },
  {
    name: 'writable-marked-armed',
    because: 'A writable entry with the bit, in an RWP VMA, arrives armed.',
    when: { form: 'migration', migration: 'writable', uffd: 'uffd', mode: ['rwp', 'both'] },
    given: { writableMigrationRestoresBit: true, migrationRestoresNoAccess: true },
    target: arrives({ access: 'no-access', exclusive: 'exclusive' }),
  },
  {
    name: 'writable-marked',
    because: 'A writable entry with the bit arrives protected.',
    when: { form: 'migration', migration: 'writable', uffd: 'uffd', prot: ['rw', 'r'] },
    given: { writableMigrationRestoresBit: true },
    target: arrives({ exclusive: 'exclusive' }),
  },
  {
    name: 'writable',
    because: 'A writable entry arrives writable; its bit is not looked at.',
    when: { form: 'migration', migration: 'writable', prot: ['rw', 'r'] },
    target: arrives({ uffd: 'clear', write: 'write', exclusive: 'exclusive' }),
  },
  {
    name: 'writable-nobody',
    because: 'In a VMA that nobody may access it arrives without access.',
    when: { form: 'migration', migration: 'writable' },
    target: arrives({ uffd: 'clear', access: 'no-access', exclusive: 'exclusive' }),
  },
  {
    name: 'armed',
    because: 'In an RWP VMA the bit means armed: the page arrives without access.',
    when: { form: 'migration', migration: 'readable-exclusive', uffd: 'uffd', mode: ['rwp', 'both'] },
    given: { migrationRestoresBit: true, migrationRestoresNoAccess: true },
    target: arrives({ access: 'no-access', exclusive: 'exclusive' }),
  },
  {
    name: 'armed-shared',
    because: 'The same for a page that others may share.',
    when: { form: 'migration', migration: 'readable', uffd: 'uffd', mode: ['rwp', 'both'] },
    given: { migrationRestoresBit: true, migrationRestoresNoAccess: true },
    target: arrives({ access: 'no-access' }),
  },
  {
    name: 'marked-nobody',
    because: 'In a VMA that nobody may access it arrives without access and keeps the bit.',
    when: { form: 'migration', migration: 'readable-exclusive', uffd: 'uffd', prot: 'none' },
    given: { migrationRestoresBit: true },
    target: arrives({ access: 'no-access', exclusive: 'exclusive' }),
  },
  {
    name: 'nobody',
    because: 'The same without a bit to keep.',
    when: { form: 'migration', migration: 'readable-exclusive', prot: 'none' },
    target: arrives({ uffd: 'clear', access: 'no-access', exclusive: 'exclusive' }),
  },
  {
    name: 'marked',
    because: 'The bit comes back, and the page is read-only.',
    when: { form: 'migration', migration: 'readable-exclusive', uffd: 'uffd' },
    given: { migrationRestoresBit: true },
    target: arrives({ exclusive: 'exclusive' }),
  },
  {
    name: 'readable',
    because: 'A readable entry arrives read-only; the next write makes it writable.',
    when: { form: 'migration', migration: 'readable-exclusive' },
    target: arrives({ uffd: 'clear', exclusive: 'exclusive' }),
  },
  {
    name: 'shared-marked-nobody',
    because: 'A page that others may share arrives without access where nobody may access it, and keeps the bit.',
    when: { form: 'migration', migration: 'readable', uffd: 'uffd', prot: 'none' },
    given: { migrationRestoresBit: true },
    target: arrives({ access: 'no-access' }),
  },
  {
    name: 'shared-nobody',
    because: 'The same without a bit to keep.',
    when: { form: 'migration', migration: 'readable', prot: 'none' },
    target: arrives({ uffd: 'clear', access: 'no-access' }),
  },
  {
    name: 'file-readable',
    because: 'A page of a shared file without the bit gets write permission from its VMA.',
    when: { form: 'migration', maps: 'file', migration: 'readable', uffd: 'clear', writable: 'yes' },
    target: arrives({ write: 'write' }),
  },
  {
    name: 'shared-marked',
    because: 'A page that others may share arrives read-only, with its bit.',
    when: { form: 'migration', migration: 'readable', uffd: 'uffd' },
    given: { migrationRestoresBit: true },
    target: arrives({}),
  },
  {
    name: 'shared',
    because: 'The same without a bit to keep.',
    when: { form: 'migration', migration: 'readable' },
    target: arrives({ uffd: 'clear' }),
  },
  {
    name: 'not-migrating',
    because: 'Only a migration entry is restored.',
    target: 'impossible',
  },
]);
