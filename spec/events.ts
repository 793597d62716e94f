import { eventKind, oneOf, type Domain } from '../checker/language/index.ts';

/** Why a fault is reported. */
export const reasons = ['missing', 'wp', 'rwp', 'minor'] as const;
/** Why a fault is reported. */
export type Reason = (typeof reasons)[number];
/** The kind of an access. */
export type Access = 'read' | 'write';
/** What a protecting or resolving call is about. */
export type Protection = 'wp' | 'rwp';

/** The domain of {@link Reason}. */
export const reasonDomain: Domain<Reason> = oneOf('reason', ...reasons);
/** The domain of {@link SignalName}. */
export const signalDomain: Domain<SignalName> = oneOf('signal', 'SIGSEGV', 'SIGBUS');
/** The domain of {@link Protection}. */
export const protectionDomain: Domain<Protection> = oneOf('protection', 'wp', 'rwp');
/** The domain of {@link Access}; its name and values are those of the payload `fault`. */
export const accessDomain: Domain<Access> = oneOf('fault', 'read', 'write');

type Cpu = number;
type Page = number;

/** An access is issued, or tried again from scratch after a fault. */
export const accessStarts = eventKind<{ cpu: Cpu; page: Page; access: Access }>('access starts');
/**
 * An access completes. `attached`: the entry maps the content that it reached, or is just being changed; `elsewhere`: the
 * page is in swap or on the move, and the access reached the place that it has left.
 */
export const accessCompletes = eventKind<{
  cpu: Cpu;
  page: Page;
  access: Access;
  attached: boolean;
  elsewhere: boolean;
}>('access completes');
/** The signals that a refused access gets. */
export const signals = ['SIGSEGV', 'SIGBUS'] as const;
/** A signal that a refused access gets. */
export type SignalName = (typeof signals)[number];
/** An access is refused with a signal. */
export const accessRefused = eventKind<{ cpu: Cpu; page: Page; signal: SignalName }>('access refused');
/** A message about an access is queued for user space. */
export const messageQueued = eventKind<{ cpu: Cpu; page: Page; reason: Reason }>('message queued');
/** The kernel resolves an access to an armed page by itself. */
export const resolvedByKernel = eventKind<{ cpu: Cpu; page: Page; reason: Protection }>('resolved by the kernel');

/** A call that protects is made. */
export const armCalled = eventKind<{ page: Page; protection: Protection }>('arming called');
/** A call that protects has returned 0. */
export const armReturned = eventKind<{ page: Page; protection: Protection }>('arming returned');
/** A call that ends protection is made: unprotect, unregister, close, discard, move. */
export const endCalled = eventKind<{ page: Page; protection: Protection }>('end of protection called');
/** A call that ends protection has returned 0. */
export const endReturned = eventKind<{ page: Page; protection: Protection }>('end of protection returned');

/** The mode switch is called. */
export const modeCalled = eventKind<{ async: boolean }>('mode switch called');
/** The mode switch has returned. */
export const modeReturned = eventKind<{ async: boolean }>('mode switch returned');
/** REGISTER is called. */
export const registerCalled = eventKind('register called');
/** REGISTER has returned: with which protections, or refused. */
export const registerReturned = eventKind<{ wp: boolean; rwp: boolean; refused: boolean }>('register returned');
/** UNREGISTER or close has returned. */
export const unregisterReturned = eventKind('unregister returned');

/** The page has content from now on, wherever it is kept. */
export const populated = eventKind<{ page: Page }>('page populated');
/** The page has no content any more. */
export const emptied = eventKind<{ page: Page }>('page emptied');
/** User space has thrown the content of the page away. */
export const discarded = eventKind<{ page: Page }>('page discarded');
/** The page of a file is written through another mapping of it. */
export const writtenElsewhere = eventKind<{ page: Page }>('page written elsewhere');
/** A scan has returned what it saw of a page. */
export const scanned = eventKind<{ page: Page; touched: boolean }>('page scanned');

/** The manager takes the page away to its staging place. */
export const staged = eventKind<{ page: Page }>('page staged');
/** The manager has copied the page: from where it was staged, or from where it is mapped. */
export const saved = eventKind<{ page: Page; from: 'staged' | 'mapped' }>('page saved');
/** The page is filled again from the manager's copy. */
export const restored = eventKind<{ page: Page }>('page restored');
/** The domain of where a copy is taken from. */
export const savedFrom: Domain<'staged' | 'mapped'> = oneOf('saved from', 'staged', 'mapped');
