import { anonOnly, smallOnly, syscall, type PageOperation } from './operation.ts';

/** What the machine does, made to happen. */
export const environmentOperations: readonly PageOperation[] = [
  {
    ...syscall('pageout', 'range', 'shrink_folio_list/try-folio'),
    maySkip: 'reclaim may skip the page',
    of: smallOnly,
  },
  { ...syscall('migrate', 'page', 'migrate_pages_batch/lock-folio'), maySkip: 'the page may stay where it is' },
  {
    ...syscall('swapoff', 'session', 'unuse_mm/lock'),
    of: anonOnly,
    maySkip: 'the page may be in another swap area, or swapoff would wait for a thread that sleeps in a fault',
  },
];
