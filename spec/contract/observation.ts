import { functionsOf, judged, type ContractLine } from './line.ts';

const pagemap = 'fs/proc/task_mmu.c';

/** What can be seen. */
export const observationLines: readonly ContractLine[] = [
  {
    number: 30,
    id: 'accessed-says-accessed',
    says: 'PAGE_IS_ACCESSED is reported exactly of entries of an RWP VMA that are there and not armed.',
    source: {
      standing: 'P',
      document: 'pagemap.rst',
      sentence: 'Page in a ``UFFDIO_REGISTER_MODE_RWP`` VMA has been accessed since RWP was applied',
    },
    by: functionsOf(pagemap, 'pagemap_page_category'),
    judging: judged(
      ['armed-is-not-accessed', 'poison-is-not-accessed', 'access-is-reported', 'reclaim-keeps-the-access'],
      [{ property: 'LM', scenarios: ['reclaim-vs-fault', 'migrate-vs-fault'] }],
    ),
  },
  {
    number: 31,
    id: 'written-says-written',
    says: 'PAGE_IS_WRITTEN is reported exactly of pages of a WP VMA that are not write-protected; an empty one counts as written.',
    source: {
      standing: 'P',
      document: 'pagemap.rst',
      sentence: 'written to since it was write-protected. Only reported inside such VMAs',
      beyond: 'that empty entries count as written',
    },
    by: functionsOf(pagemap, 'pagemap_page_category'),
    judging: judged([
      'protected-is-not-written',
      'poison-is-not-written',
      'write-is-reported',
      'removal-is-written',
      'written-in-wp-only',
    ]),
  },
  {
    number: 32,
    id: 'scan-protects-at-once',
    says: 'A scan that protects reports and protects each page in one step, with what processors remember of it.',
    source: {
      standing: 'P',
      document: 'pagemap.rst',
      sentence: 'combined into one atomic operation where we can get and write protect the pages',
    },
    by: functionsOf(pagemap, 'pagemap_scan_pmd_entry'),
    judging: judged(['scan-protects-what-it-reports'], [{ property: 'LM', scenarios: ['migrate-vs-fault'] }]),
  },
];
