import type { Session } from '../session.ts';

/**
 * How far an operation reaches: one page, a range of pages, the whole session, or a `part` of it: a range that is all
 * pages where none are named. What a part is done to becomes a VMA of its own.
 */
export type Reach = 'page' | 'range' | 'part' | 'session';

/** Decisions that say what a call leaves of the pages before the one that it fails at: nothing, where it checks first. */
export type ChecksFirst = 'registerChecksFirst' | 'writeprotectChecksFirst' | 'rwprotectChecksFirst';

/** What happens when the step that an operation starts with is not there to be taken. */
export type Otherwise =
  /** The call returns 0, and nothing has changed. */
  | 'nothing'
  /** The call returns this errno. */
  | 'EINVAL'
  /** The thread of the page is still at its last access. */
  | 'EBUSY';

/** The name of an operation. */
export type OperationName = string & { readonly operation?: never };

/** An operation as it concerns one page. */
export interface PageOperation {
  /** What it is called: `touch w`, `writeprotect on`, `register missing,wp`. */
  readonly name: OperationName;
  readonly reach: Reach;
  /** The voluntary step that starts it; none for what only the descriptor is concerned with. */
  readonly step?: { readonly rule: string; readonly chosen: Readonly<Record<string, string | boolean>> };
  readonly otherwise: Otherwise;
  /** It is a call on the userfaultfd: EBADF when none is open. */
  readonly descriptor: boolean;
  /**
   * Set where it may fail because of one VMA of several: the decision that says what becomes of the others, and the
   * operation that does to them what this one had done when it failed: the same, and nobody is woken.
   */
  readonly several?: { readonly checksFirst: ChecksFirst; readonly quietly: OperationName };
  /** Why it may do nothing though it could do something; none for what always happens. */
  readonly maySkip?: string;
  /** The sessions that can have it; all when left out. */
  readonly of?: (session: Session) => boolean;
}

type Step = NonNullable<PageOperation['step']>;

/** A call on the userfaultfd. */
export const call = (name: string, reach: Reach, rule: string, chosen: Step['chosen'] = {}): PageOperation => ({
  name,
  reach,
  step: { rule, chosen },
  otherwise: 'nothing',
  descriptor: true,
});

/** Anything else that user space or the machine does. */
export const syscall = (name: string, reach: Reach, rule: string, chosen: Step['chosen'] = {}): PageOperation => ({
  ...call(name, reach, rule, chosen),
  descriptor: false,
});

/** Sessions on anonymous memory. */
export const anonOnly = ({ backing }: Session): boolean => backing === 'anon';
/** Sessions on pages that reclaim may take. */
export const smallOnly = ({ backing }: Session): boolean => backing !== 'hugetlb';
/** Sessions on the memory of a file. */
export const fileOnly = ({ backing }: Session): boolean => backing !== 'anon';
/** Sessions about RWP. */
export const rwpOnly = ({ protection }: Session): boolean => protection === 'rwp';
