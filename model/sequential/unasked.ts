/** What may happen though nobody asks for it: environment steps, and faults on other pages. */
export interface Unasked {
  /** Environment steps, so many at most. */
  readonly k: number;
  /** Whether a read of another page may fault. */
  readonly crowd: boolean;
}

/** Steps that the environment may take unasked. */
export const spontaneousRules: ReadonlySet<string> = new Set([
  'shrink_folio_list/try-folio',
  'migrate_pages_batch/lock-folio',
]);

/** What a call leaves behind in user space. */
export const leftBehind = /^(manager\.result|manager\.cold|register\.asks_minor)/;

/** The step that a read fault on another page of the session may take on this one. */
export const neighbourRule = 'filemap_map_pages/begin';
