import type { OperationName } from '../../model/sequential/operations/index.ts';
import type { PageStep } from '../judge/seen.ts';

/** What user space calls the operations; `%` stands for the words after the verb. */
const calls: Readonly<Record<string, string>> = {
  api: 'UFFDIO_API',
  register: 'UFFDIO_REGISTER (%)',
  'register-staging': 'UFFDIO_REGISTER of another range',
  unregister: 'UFFDIO_UNREGISTER',
  close: 'closing the userfaultfd',
  writeprotect: 'UFFDIO_WRITEPROTECT (%)',
  rwprotect: 'UFFDIO_RWPROTECT (%)',
  'set-mode': 'UFFDIO_SET_MODE (%)',
  wake: 'UFFDIO_WAKE',
  copy: 'UFFDIO_COPY',
  'copy wp': 'UFFDIO_COPY (wp)',
  zeropage: 'UFFDIO_ZEROPAGE',
  continue: 'UFFDIO_CONTINUE',
  poison: 'UFFDIO_POISON',
  evict: 'UFFDIO_MOVE',
  'scan-wp': 'PAGEMAP_SCAN (protecting)',
  read: 'reading the messages',
  'touch r': 'a read',
  'touch w': 'a write',
  pageout: 'MADV_PAGEOUT',
  cold: 'MADV_COLD',
  dontneed: 'MADV_DONTNEED',
  mprotect: 'mprotect (%)',
  migrate: 'move_pages()',
};

/** An operation as user space calls it: `UFFDIO_WRITEPROTECT (on)`; the name itself where nobody has said. */
export function callOf(name: OperationName): string {
  const [verb = '', ...rest] = name.split(' ');
  return (calls[name] ?? calls[verb] ?? name).replace('%', rest.join(' '));
}

/** Operations one after the other, in one phrase. */
export function inOrder(names: readonly OperationName[]): string {
  const words = names.map(callOf);
  const last = words.at(-1) ?? 'nothing';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

function accessOf({ thread, access }: PageStep): string {
  if (thread === 'idle') return 'no access waits';
  if (thread === 'blocked') return 'the access waits for user space';
  if (thread === 'stuck') return 'the access neither ends nor waits for user space';
  if (access === 'write') return 'the write goes through';
  if (typeof access === 'string') return access === 'none' ? 'the access ends' : `the access raises ${access}`;
  return `the read gives the ${access.join(' or ') || 'unknown'} content`;
}

/** What decides that two kernels differ, each side in its own words. */
export interface Contrast {
  readonly aspect: 'ret' | 'access' | 'messages' | 'scanned' | 'saved' | 'moved' | 'strange' | 'entry' | 'scan';
  readonly left: string;
  readonly right: string;
}

type Phrases = Readonly<Partial<Record<Contrast['aspect'], string | undefined>>>;

/** What a step showed of a page, a phrase for each thing that can differ; the weightiest first. */
function phrases(step: PageStep): Phrases {
  const { ret, messages, scanned, saved, moved } = step;
  return {
    ret: ret === undefined ? undefined : ret === '0' ? 'the call returns 0' : `the call fails with ${ret}`,
    access: accessOf(step),
    messages:
      messages?.length === 0 ? 'there is no message' : messages?.map((m) => `the message ${m.join('+')}`).join(', '),
    scanned: scanned === null ? 'the scan reports nothing' : scanned && `the scan reports [${scanned.join(' ')}]`,
    saved: saved && `the page holds the ${saved.join(' or ') || 'unknown'} content`,
    moved: moved === undefined ? undefined : moved ? 'the page has moved' : 'the page has not moved',
    strange: step.strange,
  };
}

/** What only one of two lists has, in words for each. */
function listed(what: string, left: readonly string[], right: readonly string[]): Omit<Contrast, 'aspect'> {
  const only = (mine: readonly string[], theirs: readonly string[]): readonly string[] =>
    mine.filter((word) => !theirs.includes(word));
  const told = (mine: readonly string[], theirs: readonly string[]): string =>
    [
      ...only(mine, theirs).map((w) => `${what} tells ${w}`),
      ...only(theirs, mine).map((w) => `${what} does not tell ${w}`),
    ].join(', ');
  return { left: told(left, right), right: told(right, left) };
}

const weighty = ['ret', 'access', 'messages', 'scanned', 'saved', 'moved', 'strange'] as const;

/** The contrast of two steps of a page: the weightiest thing that is not the same. */
export function contrast(left: PageStep, right: PageStep): Contrast {
  const [mine, theirs] = [phrases(left), phrases(right)];
  const aspect = weighty.find((one) => mine[one] !== theirs[one]);
  if (aspect !== undefined) return { aspect, left: mine[aspect] ?? 'nothing', right: theirs[aspect] ?? 'nothing' };
  if (left.entry.join() !== right.entry.join())
    return { aspect: 'entry', ...listed('pagemap', left.entry, right.entry) };
  return { aspect: 'scan', ...listed('PAGEMAP_SCAN', left.scan ?? [], right.scan ?? []) };
}
