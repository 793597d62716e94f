import type { KernelTest, KernelTestStep, NotExpressed, TestMemory } from './kernel-test.ts';

const all: readonly TestMemory[] = ['anon', 'shmem', 'shmem-private', 'hugetlb', 'hugetlb-private'];

type Named = Omit<KernelTest, 'id' | 'selftest'>;

const selftest = 'uffd-unit-tests.c';
const named = (test: Named): KernelTest => ({ id: `kernel-tests/uffd-unit-tests/${test.case}`, selftest, ...test });

/** Every page is written, so that its content is known. */
const written = (pages: number): readonly KernelTestStep[] =>
  Array.from({ length: pages }, (_, page): KernelTestStep => [`touch ${page} w`, `${page} done`]);

/** Pages that are read one after the other, each with what must be seen of it. */
const read = (from: number, to: number, ...expected: readonly string[]): readonly KernelTestStep[] =>
  Array.from({ length: to - from + 1 }, (_, i): KernelTestStep => {
    const page = from + i;
    return [`touch ${page} r`, ...expected.map((words) => `${page} ${words}`)];
  });

/** A read that must wait, the message about it, and the protection that is taken off again. */
const answered = (page: number): readonly KernelTestStep[] => [
  [`touch ${page} r`, `${page} blocked`],
  ['read', `${page} message:pagefault+rwp`],
  [`rwprotect ${page} ${page} off`, `${page} done kept !uffd`],
];

const rwp = (pages: number): readonly KernelTestStep[] => [
  ['api'],
  ...written(pages),
  ['register rwp'],
  [`rwprotect 0 ${pages - 1} on`, `0-${pages - 1} uffd`],
];

const silent = (pages: number): KernelTestStep => ['read', `0-${pages - 1} !message`];

/** The cases of uffd-unit-tests.c about WP and RWP. */
export const uffdUnitTests: readonly KernelTest[] = [
  {
    case: 'wp-unpopulated',
    asks: 'A page that was never there can be protected and unprotected, a discard takes its mark away, and a read of it ends',
    protection: 'wp',
    async: true,
    pages: 1,
    memories: ['anon'],
    steps: [
      ['api'],
      ['register wp'],
      ['writeprotect 0 0 on', '0 uffd'],
      ['writeprotect 0 0 off', '0 !uffd'],
      ['writeprotect 0 0 on', '0 uffd'],
      ['dontneed 0 0', '0 !uffd'],
      ['touch 0 w', '0 done !uffd'],
      ['dontneed 0 0', '0 !present'],
      ['writeprotect 0 0 on'],
      ['touch 0 r', '0 done'],
      ['dontneed 0 0', '0 !present'],
    ],
  } as const,
  {
    case: 'rwp-async',
    asks: 'In async mode every protected page can be read at once, and has its content',
    protection: 'rwp',
    async: true,
    pages: 4,
    memories: all,
    steps: [...rwp(4), ...read(0, 3, 'done kept !uffd'), silent(4)],
  } as const,
  {
    case: 'rwp-sync',
    asks: 'In sync mode each access to a protected page is told as an RWP fault, and goes on once the protection is taken off',
    protection: 'rwp',
    async: false,
    pages: 3,
    memories: all,
    steps: [...rwp(3), ...answered(0), ...answered(1), ...answered(2)],
  } as const,
  {
    case: 'rwp-pagemap',
    asks: 'A scan tells the pages that were touched as accessed, and no others',
    protection: 'rwp',
    async: true,
    pages: 4,
    memories: all,
    steps: [...rwp(4), ...read(0, 1, 'done ACCESSED'), ['wake 0 3', '0-1 ACCESSED !uffd', '2-3 !ACCESSED uffd']],
  } as const,
  {
    case: 'rwp-mprotect',
    asks: 'The protection survives that nobody may access the memory for a while; after a touch no page is left protected',
    protection: 'rwp',
    async: true,
    pages: 3,
    memories: all,
    steps: [
      ...rwp(3),
      ['mprotect none'],
      ['mprotect rw', '0-2 uffd'],
      ...read(0, 2, 'done kept !uffd ACCESSED'),
      ['wake 0 2', '0-2 ACCESSED !uffd'],
    ],
  } as const,
  {
    case: 'rwp-async-toggle',
    asks: 'The mode can be changed while it runs: async lets accesses go on, sync makes them wait, and async again lets them go on',
    protection: 'rwp',
    async: true,
    pages: 4,
    memories: all,
    steps: [
      ...rwp(4),
      ...read(0, 1, 'done kept'),
      ['set-mode sync'],
      ...answered(2),
      ...answered(3),
      ['set-mode async'],
      ['rwprotect 0 3 on', '0-3 uffd'],
      ...read(0, 3, 'done kept'),
      silent(4),
    ],
  } as const,
  {
    case: 'rwp-close',
    asks: 'After the descriptor is closed every page can be read, and has its content',
    protection: 'rwp',
    async: false,
    pages: 3,
    memories: all,
    steps: [...rwp(3), ['close', '0-2 !uffd'], ...read(0, 2, 'done kept')],
  } as const,
  {
    case: 'rwp-wp-exclusive',
    asks: 'A registration for both protections is refused',
    protection: 'rwp',
    async: false,
    pages: 1,
    memories: all,
    steps: [['api'], ['register wp,rwp', '0 ret:EINVAL']],
  } as const,
].map(named);

const not = (because: string, memories: readonly TestMemory[], ...cases: readonly string[]): readonly NotExpressed[] =>
  cases.map((one) => ({ selftest, case: one, memories, because }));

/** The cases of uffd-unit-tests.c about WP and RWP that are not said again. */
export const uffdNotExpressed: readonly NotExpressed[] = [
  ...not('it forks: a sequence has one address space', all, 'wp-fork', 'wp-fork-with-event', 'rwp-fork'),
  ...not('it forks with a page pinned by a test module', all, 'wp-fork-pin', 'wp-fork-pin-with-event'),
  ...not('it forks with a page pinned by a test module', ['anon'], 'rwp-fork-pin'),
  ...not('it forks a process that shares a swap slot', ['anon'], 'rwp-swap-cow'),
  ...not('its access is one of vmsplice, and every access here is made in user mode', all, 'rwp-gup'),
  ...not('it fills by CONTINUE, in minor mode', ['shmem', 'hugetlb'], 'minor-wp'),
  ...not('its faults are signals (UFFD_FEATURE_SIGBUS), and it forks', all, 'sigbus-wp'),
  ...not('it forks, moves memory by mremap and reads the events of both', all, 'events-wp'),
];
