import type { SessionKind } from './sequential-world.ts';

/** How far an operation reaches: one page, a range of pages, or the whole session. */
export type Reach = 'page' | 'range' | 'session';

/** What happens when the step that an operation starts with is not there to be taken. */
export type Otherwise =
  /** The call returns 0, and nothing has changed. */
  | 'nothing'
  /** The call returns this errno. */
  | 'EINVAL'
  /** The thread of the page is still at its last access. */
  | 'EBUSY';

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
  /** Why it may do nothing though it could do something; none for what always happens. */
  readonly maySkip?: string;
  /** The kinds of session that can have it; all when left out. */
  readonly kinds?: readonly SessionKind[];
}

const rwp: readonly SessionKind[] = ['rwp-sync', 'rwp-async'];

/** The name of an operation. */
export type OperationName = string & { readonly operation?: never };

type Step = NonNullable<PageOperation['step']>;

const call = (name: string, reach: Reach, rule: string, chosen: Step['chosen'] = {}): PageOperation => ({
  name,
  reach,
  step: { rule, chosen },
  otherwise: 'nothing',
  descriptor: true,
});

const syscall = (name: string, reach: Reach, rule: string, chosen: Step['chosen'] = {}): PageOperation => ({
  ...call(name, reach, rule, chosen),
  descriptor: false,
});

const register = (modes: string, missing: boolean, protect: string): PageOperation => ({
  ...call(`register ${modes}`, 'session', 'manager/register', { missing: missing ? 'yes' : 'no', protect }),
  otherwise: 'EINVAL',
});

const onlyDescriptor = (name: string): PageOperation => ({
  name,
  reach: 'session',
  otherwise: 'nothing',
  descriptor: true,
});

/** Every operation that sequences are made of, as it concerns one page. */
export const pageOperations: readonly PageOperation[] = [
  { ...syscall('touch r', 'page', 'user/access', { kind: 'read' }), otherwise: 'EBUSY' },
  { ...syscall('touch w', 'page', 'user/access', { kind: 'write' }), otherwise: 'EBUSY' },
  call('read', 'session', 'userfaultfd_ctx_read/read'),
  call('wake', 'range', 'manager/wake'),
  call('writeprotect on', 'range', 'manager/arm-wp'),
  call('writeprotect off', 'range', 'manager/resolve-wp'),
  call('writeprotect off dontwake', 'range', 'manager/resolve-wp-dontwake'),
  { ...call('rwprotect on', 'range', 'manager/arm-rwp'), kinds: rwp },
  { ...call('rwprotect off', 'range', 'manager/resolve-rwp'), kinds: rwp },
  { ...call('rwprotect off dontwake', 'range', 'manager/resolve-rwp-dontwake'), kinds: rwp },
  { ...call('set-mode async', 'session', 'manager/set-mode', { async: true }), kinds: rwp },
  { ...call('set-mode sync', 'session', 'manager/set-mode', { async: false }), kinds: rwp },
  register('missing', true, 'none'),
  register('wp', false, 'wp'),
  register('missing,wp', true, 'wp'),
  { ...register('rwp', false, 'rwp'), kinds: rwp },
  { ...register('missing,rwp', true, 'rwp'), kinds: rwp },
  { ...register('wp,rwp', false, 'both'), kinds: rwp },
  call('unregister', 'session', 'manager/unregister'),
  call('close', 'session', 'userfaultfd_release/released'),
  onlyDescriptor('api'),
  onlyDescriptor('register-staging'),
  call('copy', 'page', 'manager/fill', { protect: 'no' }),
  call('copy wp', 'page', 'manager/fill', { protect: 'yes' }),
  call('evict', 'page', 'manager/evict'),
  syscall('scan-wp', 'range', 'manager/protecting-scan'),
  syscall('dontneed', 'range', 'manager/discard'),
  syscall('mprotect none', 'session', 'do_mprotect_pkey/call', { prot: 'none' }),
  syscall('mprotect rw', 'session', 'do_mprotect_pkey/call', { prot: 'rw' }),
  { ...syscall('pageout', 'range', 'shrink_folio_list/try-folio'), maySkip: 'reclaim may skip the page' },
  { ...syscall('migrate', 'page', 'migrate_pages_batch/lock-folio'), maySkip: 'the page may stay where it is' },
];

/** The operations by name. */
export const operationByName: ReadonlyMap<OperationName, PageOperation> = new Map(
  pageOperations.map((operation) => [operation.name, operation]),
);

/** The operations that a kind of session can have. */
export function operationsOf(kind: SessionKind): readonly PageOperation[] {
  return pageOperations.filter((operation) => operation.kinds?.includes(kind) ?? true);
}
