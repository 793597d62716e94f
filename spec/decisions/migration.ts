import { noOrYes, type Declared } from './declared.ts';

/** Migration: whether a page keeps its mark while it is moved. */
export interface MigrationDecisions {
  /** A migration entry takes the uffd bit along. */
  readonly migrationCarriesBit: boolean;
  /** The end of a migration gives a readable entry's bit back. */
  readonly migrationRestoresBit: boolean;
  /** The end of a migration gives a writable entry's bit back, and then no write permission. */
  readonly writableMigrationRestoresBit: boolean;
  /** In an RWP VMA a page whose migration ends with the bit is mapped without access. */
  readonly migrationRestoresNoAccess: boolean;
}

/** Their values, and the kernel functions that take them. */
export const migrationDecisions: Declared<MigrationDecisions> = {
  migrationCarriesBit: { values: noOrYes, path: 'mm/rmap.c', name: 'try_to_migrate_one' },
  migrationRestoresBit: { values: noOrYes, path: 'mm/migrate.c', name: 'remove_migration_pte' },
  writableMigrationRestoresBit: { values: noOrYes, path: 'mm/migrate.c', name: 'remove_migration_pte' },
  migrationRestoresNoAccess: { values: noOrYes, path: 'mm/migrate.c', name: 'remove_migration_pte' },
};
