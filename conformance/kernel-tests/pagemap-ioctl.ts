import type { KernelTest, KernelTestStep, NotExpressed, TestMemory } from './kernel-test.ts';

type Named = Pick<KernelTest, 'case' | 'asks' | 'steps'> & Partial<Pick<KernelTest, 'memories'>>;

const selftest = 'pagemap_ioctl.c';
const pages = 6;
const last = pages - 1;

const named = (test: Named): KernelTest => ({
  id: `kernel-tests/pagemap_ioctl/${test.case}`,
  selftest,
  protection: 'wp',
  async: true,
  pages,
  memories: ['anon'],
  ...test,
});

/** Tracking has begun: the memory is registered in async mode, and all of it is protected. */
const tracked: readonly KernelTestStep[] = [
  ['api'],
  ['register wp', `0-${last} ret:0`],
  [`writeprotect 0 ${last} on`, `0-${last} ret:0 !WRITTEN`],
];

const write = (...which: readonly number[]): readonly KernelTestStep[] =>
  which.map((page): KernelTestStep => [`touch ${page} w`, `${page} done WRITTEN`]);

const everyPage = Array.from({ length: pages }, (_, page) => page);
const scanned = (...expected: readonly string[]): KernelTestStep => [`scan-wp 0 ${last}`, ...expected];

/** Memory that the six of base_tests() run on here: ordinary pages, and a file in memory that is mapped privately. */
const base: readonly TestMemory[] = ['anon', 'shmem-private'];

const baseTests: readonly Named[] = [
  {
    case: 'base/new-pages',
    asks: 'Pages that were never there are not written',
    memories: base,
    steps: [...tracked, scanned(`0-${last} ret:0 !reported`)],
  },
  {
    case: 'base/all-written',
    asks: 'Every page that was written is told as written',
    memories: base,
    steps: [...tracked, ...write(...everyPage), ['wake 0 0', `0-${last} WRITTEN`]],
  },
  {
    case: 'base/all-but-first-and-last',
    asks: 'After a protecting scan only what was written since is reported',
    memories: base,
    steps: [
      ...tracked,
      ...write(...everyPage),
      scanned(`0-${last} reported !WRITTEN`),
      ...write(...everyPage.slice(1, -1)),
      scanned(`1-${last - 1} reported`, '0 !reported', `${last} !reported`),
    ],
  },
  {
    case: 'base/scan-protects',
    asks: 'What a protecting scan has reported is not written any more',
    memories: base,
    steps: [
      ...tracked,
      ...write(...everyPage),
      scanned(`0-${last} reported`),
      ...write(...everyPage.slice(1, -1)),
      scanned(`1-${last - 1} reported`),
      scanned(`0-${last} !reported !WRITTEN`),
    ],
  },
  {
    case: 'base/middle-page',
    asks: 'Of all pages only the middle one was written',
    memories: base,
    steps: [
      ...tracked,
      ...write(...everyPage),
      scanned(`0-${last} reported`),
      ...write(3),
      ['wake 0 0', '3 WRITTEN', '0-2 !WRITTEN', '4-5 !WRITTEN'],
    ],
  },
  {
    case: 'base/two-middle-pages',
    asks: 'A scan of the two pages in the middle tells both as written',
    memories: base,
    steps: [
      ...tracked,
      ...write(...everyPage),
      scanned(`0-${last} reported`),
      ...write(3, 4),
      ['scan-wp 3 4', '3-4 reported', '0-2 !WRITTEN', '5 !WRITTEN'],
    ],
  },
];

const others: readonly Named[] = [
  {
    case: 'sanity-sd/clear',
    asks: 'A protecting scan of memory that was never there succeeds',
    steps: [...tracked, scanned(`0-${last} ret:0`)],
  },
  {
    case: 'sanity-sd/pattern',
    asks: 'Every other page was written, and those are told',
    steps: [
      ...tracked,
      ...write(0, 2, 4),
      ['wake 0 0', '0 WRITTEN', '1 !WRITTEN', '2 WRITTEN', '3 !WRITTEN', '4 WRITTEN', '5 !WRITTEN'],
    ],
  },
  {
    case: 'sanity-sd/two-pages',
    asks: 'A protecting scan of two pages reports and protects those, and leaves the rest written',
    steps: [
      ...tracked,
      ...write(...everyPage),
      ['scan-wp 1 2', '1-2 reported !WRITTEN', '0 WRITTEN', `3-${last} WRITTEN`],
    ],
  },
  {
    case: 'sanity-sd/two-regions',
    asks: 'To protect one region leaves another written',
    steps: [...tracked, ...write(...everyPage), ['writeprotect 0 2 on', '0-2 !WRITTEN', `3-${last} WRITTEN`]],
  },
  {
    case: 'simple',
    asks: 'Again and again: a protected page is not written, and after a write it is',
    steps: [
      ...tracked,
      ...[0, 1, 2].flatMap((): readonly KernelTestStep[] => [
        ['writeprotect 0 0 on', '0 !WRITTEN'],
        ...write(0),
        ['writeprotect 0 0 on', '0 !WRITTEN'],
      ]),
    ],
  },
  {
    case: 'sanity/written-and-present',
    asks: 'Pages that were written are told as written and present',
    steps: [...tracked, ...write(...everyPage), ['wake 0 0', `0-${last} WRITTEN PRESENT`]],
  },
  {
    case: 'sanity/written-by-scan',
    asks: 'A protecting scan reports pages that were written, and protects them',
    steps: [...tracked, ...write(...everyPage), scanned(`0-${last} reported !WRITTEN`)],
  },
  {
    case: 'mprotect/both-written',
    asks: 'Pages that are populated after tracking began are written',
    steps: [...tracked, ...write(0, 1), ['wake 0 0', '0-1 WRITTEN']],
  },
  {
    case: 'mprotect/start-tracking',
    asks: 'To protect them again makes them not written',
    steps: [...tracked, ...write(0, 1), ['writeprotect 0 1 on', '0-1 !WRITTEN']],
  },
  {
    case: 'mprotect/clear-and-write',
    asks: 'After permissions have come and gone, protected pages are not written until they are written to',
    steps: [
      ...tracked,
      ...write(0, 1),
      ['mprotect none'],
      ['mprotect rw'],
      ['writeprotect 0 1 on', '0-1 !WRITTEN'],
      ...write(0, 1),
      ['wake 0 0', '0-1 WRITTEN'],
    ],
  },
  {
    case: 'transact/some',
    asks: 'Pages that were written since tracking began are counted and reset',
    steps: [...tracked, ...write(...everyPage), scanned(`0-${last} reported`)],
  },
  {
    case: 'transact/none',
    asks: 'Counted and reset, they are not counted again',
    steps: [...tracked, ...write(...everyPage), scanned(`0-${last} reported`), scanned(`0-${last} !reported`)],
  },
  {
    case: 'zeropfn',
    asks: 'Memory that was only read is told as the zero page',
    steps: [['api'], ...everyPage.map((page): KernelTestStep => [`touch ${page} r`, `${page} done PFNZERO`])],
  },
];

/** The cases of pagemap_ioctl.c, one for each of its results. */
export const pagemapIoctl: readonly KernelTest[] = [...baseTests, ...others].map(named);

const not = (because: string, memories: readonly TestMemory[], ...cases: readonly string[]): readonly NotExpressed[] =>
  cases.map((one) => ({ selftest, case: one, memories, because }));

const baseNames = baseTests.map((test) => test.case);
const numbered = (name: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `${name}-${i + 1}`);
const anon = ['anon'] as const;

/** The results of pagemap_ioctl.c that have no case here, and why. */
export const pagemapNotExpressed: readonly NotExpressed[] = [
  ...not(
    'it runs on a few thousand pages, and a sequence has eight',
    anon,
    ...baseNames.map((name) => `large-${name}`),
  ),
  ...not('it runs on huge pages', ['thp'], ...baseNames, ...numbered('hpage', 9), 'unpopulated-thp', 'zeropfn-huge'),
  ...not('it runs on pages of hugetlb', ['hugetlb'], ...baseNames.map((name) => `shm-${name}`), ...baseNames),
  ...not('it runs on pages of hugetlb', ['hugetlb-private'], ...baseNames),
  ...not('it runs on a file of a disk', ['file'], ...baseNames, 'sanity/file', 'sanity/file-written'),
  ...not(
    'it asks about the arguments of the call, not about an entry',
    anon,
    ...numbered('sanity-sd/argument', 11),
    ...numbered('sanity/argument', 5),
  ),
  ...not(
    'it limits how many pages a scan may report',
    anon,
    'sanity-sd/parts',
    'sanity-sd/max-pages',
    'sanity-sd/smaller-max-pages',
    'sanity-sd/smaller-vec',
  ),
  ...not('it asks where a scan has stopped', anon, ...numbered('walk-end', 16)),
  ...not(
    'it selects by masks, and the runner asks for all categories',
    anon,
    'sanity/required-mask',
    'sanity/required-and-anyof',
    'sanity/not-written',
    'sanity/not-present',
  ),
  ...not('it compares two ways to ask for the same, of which the runner has one', anon, 'unpopulated'),
  ...not('it scans an address where nothing is mapped', anon, 'unmapped-region'),
  ...not('it maps a new page over an old one', anon, 'mprotect/remap'),
  ...not('its memory has parts that may only be read', anon, 'userfaultfd'),
  ...not(
    'threads write while it scans: a sequence has one thread a page, and one call at a time',
    anon,
    'transact/threads',
  ),
];
