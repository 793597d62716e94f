import {
  bool,
  literal,
  oneOf,
  or,
  not,
  and,
  before,
  range,
  type Cell,
  type Domain,
  type Emission,
  type Local,
  type ProcessBuilder,
  type Term,
} from '../../checker/language/index.ts';
import { protectionDomain, type Protection } from '../../spec/index.ts';
import type { Kernel } from '../kernel.ts';

/** The program points of the manager: one thread of user space, and the kernel code of its calls. */
export const managerPoints = [
  'idle',
  'answer',
  'stuck',
  'range-lock',
  'range-check',
  'range-page',
  'range-entry',
  'range-cleared',
  'range-stored',
  'range-flush',
  'range-unlock',
  'range-return',
  'wake',
  'wake-return',
  'mode-lock',
  'mode-drain',
  'mode-store',
  'mode-undrain',
  'mode-unlock',
  'mode-wake',
  'mode-return',
  'scan-lock',
  'scan-page',
  'scan-entry',
  'scan-cleared',
  'scan-flush',
  'scan-unlock-page',
  'scan-unlock',
  'scan-return',
  'register-lock',
  'register-check',
  'register-store',
  'register-undrain',
  'register-unlock',
  'register-return',
  'end-lock',
  'end-wake-missing',
  'end-page',
  'end-entry',
  'end-cleared',
  'end-stored',
  'end-flush',
  'end-drain',
  'end-store',
  'end-undrain',
  'end-unlock',
  'end-wake',
  'end-return',
  'discard-lock',
  'discard-page',
  'discard-entry',
  'discard-unlock-page',
  'discard-flush',
  'discard-unlock',
  'discard-return',
  'save',
  'move-lock',
  'move-folio',
  'move-page',
  'move-check',
  'move-flush',
  'move-unlock-page',
  'move-unlock-folio',
  'move-unlock',
  'move-save',
  'move-return',
  'fill-lock',
  'fill-page',
  'fill-file',
  'fill-ptl',
  'fill-check',
  'fill-unlock-page',
  'fill-folio',
  'fill-unlock',
  'fill-return',
  'guard-lock',
  'guard-page',
  'guard-entry',
  'guard-zapped',
  'guard-flush',
  'guard-unlock-page',
  'guard-unlock',
  'guard-return',
  'punch-page',
  'punch-entry',
  'punch-unlock-page',
  'punch-flush',
  'punch-folio',
  'punch-cut',
  'punch-return',
  'alias-read',
  'alias-write',
  'mmap-lock',
  'mmap-drain',
  'mmap-page',
  'mmap-entry',
  'mmap-unlock-page',
  'mmap-flush',
  'mmap-store',
  'mmap-undrain',
  'mmap-unlock',
  'mmap-return',
] as const;
/** A program point of the manager. */
export type ManagerPoint = (typeof managerPoints)[number];

/** What a call returned. */
export const resultDomain = oneOf(
  'result',
  '-',
  '0',
  'EINVAL',
  'ENOENT',
  'EBUSY',
  'EEXIST',
  'EPERM',
  'EBADF',
  'EFAULT',
);
/** What a call returned: `-` while none has. */
export type Result = (typeof resultDomain.values)[number];

/** The manager, and what its calls remember. */
export interface Manager {
  readonly process: ProcessBuilder<ManagerPoint>;
  /** The range of a call, in pages, both ends included, and the page that it is at. */
  readonly first: Local<number>;
  readonly last: Local<number>;
  readonly cursor: Local<number>;
  readonly arm: Local<'protect' | 'resolve'>;
  readonly protection: Local<Protection>;
  readonly flushed: Local<number>;
  /** Whose waiter is looked at next by a wake-up. */
  readonly woken: Local<number>;
  /** Where a wake-up goes when it is done, and what is to be done after a walk. */
  readonly wakes: Local<boolean>;
  readonly closing: Local<boolean>;
  readonly turnsAsync: Local<boolean>;
  readonly handling: Local<number>;
  readonly asksMissing: Local<'no' | 'yes'>;
  readonly asksProtection: Local<'none' | 'wp' | 'rwp' | 'both'>;
  readonly result: Cell<string>;
  /** Whether the last scan found the page untouched. */
  readonly cold: (page: Term<number>) => Cell<boolean>;
  /** Where the script of an eviction stands. */
  readonly phase: Cell<'arm' | 'first' | 'second' | 'evict' | 'back'>;
  /** True for the pages of the call's range. */
  readonly inRange: (page: Term<number>) => Term<boolean>;
  /** One event for each page of the range given. */
  readonly each: (
    first: Term<number>,
    last: Term<number>,
    of: (page: Term<number>, when: Term<boolean>) => Emission[],
  ) => Emission[];
}

/** True for the pages from `first` to `last`. */
function between(page: Term<number>, first: Term<number>, last: Term<number>): Term<boolean> {
  return and(not(before(page, first)), not(before(last, page)));
}

/** Declares the manager of a scenario. */
export function declareManager(k: Kernel): Manager {
  const process = k.protocol.process('manager', managerPoints);
  const page: Domain<number> = k.pages;
  const first = process.local('first', page, 0);
  const last = process.local('last', page, 0);
  return {
    process,
    first,
    last,
    cursor: process.local('cursor', page, 0),
    arm: process.local('arm', oneOf('arm', 'protect', 'resolve'), 'protect'),
    protection: process.local('protection', protectionDomain, 'wp'),
    flushed: process.local('flushed', range(0, k.cpus.values.length), 0),
    woken: process.local('woken', range(0, k.cpus.values.length), 0),
    wakes: process.local('wakes', bool, false),
    closing: process.local('closing', bool, false),
    turnsAsync: process.local('async', bool, false),
    handling: process.local('handling', k.cpus, 0),
    asksMissing: process.local('asks_missing', oneOf('ask', 'no', 'yes'), 'no'),
    asksProtection: process.local('asks_protection', oneOf('protect', 'none', 'wp', 'rwp', 'both'), 'none'),
    result: k.protocol.scalar('manager.result', resultDomain, '-'),
    cold: k.protocol.array('manager.cold', bool, false, [k.pages]),
    phase: k.protocol.scalar('manager.phase', oneOf('phase', 'arm', 'first', 'second', 'evict', 'back'), 'arm'),
    inRange: (v) => between(v, first, last),
    each: (low, high, of) =>
      page.values.flatMap((value) => of(literal(page, value), or(between(literal(page, value), low, high)))),
  };
}
