/** Target values that leave nothing behind of what the entry was. */
const blank = {
  maps: 'nothing',
  uffd: 'clear',
  access: 'vma',
  write: 'no',
  exclusive: 'no',
  dirty: 'no',
  young: 'no',
  swap: 'none',
  migration: 'none',
} as const;

type Target = Readonly<Record<string, string>>;

/** An empty entry. */
export const empty: Target = { form: 'none', ...blank };

/** The bare marker of write protection. */
export const marker: Target = { form: 'marker', ...blank, uffd: 'uffd' };

/** The marker of a page that is lost: accesses get SIGBUS. */
export const poison: Target = { form: 'poison', ...blank };

/** The marker of a guard: accesses get SIGSEGV. */
export const guard: Target = { form: 'guard', ...blank };

/** A present entry of which only what `parts` names is set. */
export const presentWith = (parts: Target): Target => ({ form: 'present', ...blank, ...parts });

/** A present entry for a page that arrives: regions left out keep what the non-present entry had. */
export const arrives = (parts: Target): Target => ({ form: 'present', swap: 'none', migration: 'none', ...parts });

/** A swap entry; the uffd bit stays unless `parts` says otherwise. */
export const leavesToSwap = (kind: 'own' | 'shared', parts: Target = {}): Target => {
  const { maps: _, uffd: __, ...rest } = blank;
  return { form: 'swap', ...rest, swap: kind, ...parts };
};

/** A migration entry; the uffd bit stays unless `parts` says otherwise. */
export const leavesToMigrate = (kind: 'readable' | 'readable-exclusive' | 'writable', parts: Target = {}): Target => {
  const { maps: _, uffd: __, dirty: ___, young: ____, ...rest } = blank;
  return { form: 'migration', ...rest, migration: kind, ...parts };
};
