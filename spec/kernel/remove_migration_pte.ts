import { arrives } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { mode, prot } from './payload.ts';

/** Maps the page where it has arrived. @kernel mm/migrate.c remove_migration_pte() */
export const remove_migration_pte = kernelFunction('remove_migration_pte', 'mm/migrate.c', { mode, prot }, [
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
    name: 'shared',
    because: 'A page that others may share arrives read-only.',
    when: { form: 'migration', migration: 'readable' },
    target: arrives({}),
  },
  {
    name: 'not-migrating',
    because: 'Only a migration entry is restored.',
    target: 'impossible',
  },
]);
