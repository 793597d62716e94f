/** What the runner says about the machine it runs on. */
export interface Probe {
  /** `uname -r`. */
  readonly release: string;
  readonly machine: string;
  /** The features word of UFFDIO_API; null when a userfaultfd cannot be had. */
  readonly features: number | null;
  /** Why it cannot, as an errno name. */
  readonly userfaultfd?: string;
  /** NUMA nodes that are online. */
  readonly nodes: number;
  /** Bytes of swap, used or not. */
  readonly swapBytes: number;
  /** Huge pages of 2 MB that nobody uses. */
  readonly hugePages: number;
  /** Has it swap of our own, which may be switched off and on again? */
  readonly swapOff: boolean;
  /** The PAGEMAP_SCAN categories that this kernel knows; null when it has no PAGEMAP_SCAN. */
  readonly scan: readonly ScanCategory[] | null;
  readonly uid: number;
  /** The sysctl `vm.unprivileged_userfaultfd`. */
  readonly unprivilegedUserfaultfd: number | null;
  readonly cpus: number;
  /** The CPU that sequences are pinned to. */
  readonly cpu: number;
  /** Are page frames, and so swap types, visible? Without them `marker` is null. */
  readonly frames: boolean;
  /** Can the runner see what a thread sleeps in? */
  readonly wchan: boolean;
  readonly pageBytes: number;
}

/** The uapi's PAGE_IS_ names. */
export type ScanCategory =
  'WPALLOWED' | 'WRITTEN' | 'FILE' | 'PRESENT' | 'SWAPPED' | 'PFNZERO' | 'HUGE' | 'SOFT_DIRTY' | 'GUARD' | 'ACCESSED';

/** A call's result: 0, or the name of an errno. */
export type Ret = 0 | string;

/** What was seen of one page, and of the thread that touches it, after a step. */
export interface PageSeen {
  /** Bits 63, 62, 57, 61 and 56 of its pagemap word. */
  readonly present: boolean;
  readonly swap: boolean;
  readonly uffd: boolean;
  readonly file: boolean;
  readonly exclusive: boolean;
  /** The swap type is that of a marker; null when it is not shown to us. */
  readonly marker: boolean | null;
  /** Bit 58: a guard; not told by older recordings. */
  readonly guard?: boolean;
  readonly scan: readonly ScanCategory[] | null;
  /** `done` in the step in which the access ended; `stuck`: neither ended nor asleep in handle_userfault(). */
  readonly thread: 'idle' | 'blocked' | 'done' | 'stuck';
  /** With `done`: what was read or written. */
  readonly value?: number;
  /** With `done`: the access raised it instead. */
  readonly signal?: 'SIGSEGV' | 'SIGBUS';
  /** With `stuck`: the kernel function it sleeps in. */
  readonly wchan?: string;
}

/** One message of a userfaultfd. */
export interface MessageSeen {
  readonly event: 'pagefault' | 'remove' | 'unmap' | number;
  /** The page it names; or a page of the staging range; or, unexpected, a page number of the address space. */
  readonly page?: number;
  readonly staging?: number;
  readonly elsewhere?: number;
  /** Offset in the page, with `exact-address`. */
  readonly offset?: number;
  readonly flags?: readonly ('write' | 'wp' | 'minor' | 'rwp')[];
  readonly unknownFlags?: number;
  /** The page whose thread faulted (8: the helper), with `thread-id`. */
  readonly thread?: number;
}

/** What one operation gave, and what could be seen after it. */
export interface StepSeen {
  readonly op: string;
  readonly ret: Ret;
  /** Output fields of the call; a number, or an errno name where the kernel stored a negative errno. */
  readonly out?: unknown;
  /** With `read`: in the order of the queue. */
  readonly msgs?: readonly MessageSeen[];
  readonly pages: readonly PageSeen[];
  /** The thread of `save` and `populate`, while it is not idle. */
  readonly helper?: {
    readonly op: string;
    readonly thread: 'blocked' | 'done' | 'stuck';
    readonly ret?: Ret;
    readonly value?: number;
    readonly signal?: 'SIGSEGV' | 'SIGBUS';
    readonly wchan?: string;
  };
  /** With op `set-up` only: what failed before the first operation. */
  readonly failed?: string;
}

/** What a sequence gave: its steps as far as they went, and how it ended. */
export interface SequenceSeen {
  readonly id: string;
  readonly steps: readonly StepSeen[];
  /** `ok`, `timeout`, `signal N`, `died`, `set-up`, `overflow`, `fork`, or `bad` when the line makes no sense. */
  readonly end: string;
  /** With `bad` and `fork`. */
  readonly error?: string;
  /** With `timeout`: the process could not even be killed. */
  readonly left?: boolean;
}

/** Is this a step as the runner writes it? What an operation returns is 0 or the name of an errno. */
function isStepSeen(value: unknown): value is StepSeen {
  if (typeof value !== 'object' || value === null) return false;
  const step = value as Partial<Record<keyof StepSeen, unknown>>;
  const returned = step.ret === 0 || (typeof step.ret === 'string' && /^(E[A-Z0-9]+|errno \d+)$/u.test(step.ret));
  const pages = Array.isArray(step.pages) && step.pages.every((page) => typeof page === 'object' && page !== null);
  return typeof step.op === 'string' && returned && pages;
}

/** Is this what the runner writes for a sequence? What is in a page is not looked at: the runner is our own program. */
export function isSequenceSeen(value: unknown): value is SequenceSeen {
  if (typeof value !== 'object' || value === null) return false;
  const line = value as Partial<Record<keyof SequenceSeen, unknown>>;
  return (
    typeof line.id === 'string' &&
    Array.isArray(line.steps) &&
    line.steps.every(isStepSeen) &&
    typeof line.end === 'string'
  );
}

/** The id that a sequence line begins with. */
export function idOf(line: string): string {
  return /^\s*(\S+)/.exec(line)?.[1] ?? '';
}

/** The probe in the runner's answer to `probe`. */
export function parseProbe(line: string): Probe | undefined {
  try {
    const { probe } = JSON.parse(line) as { readonly probe?: Probe };
    return probe;
  } catch {
    return undefined;
  }
}
