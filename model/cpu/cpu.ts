import {
  and,
  bool,
  oneOf,
  or,
  range,
  type Local,
  type ProcessBuilder,
  type Term,
} from '../../checker/language/index.ts';
import { accessDomain, reasonDomain, type Access, type Reason } from '../../spec/index.ts';
import type { Kernel } from '../kernel.ts';

/** The program points of a processor: user mode, and the fault path by what it is about to do. */
export const cpuPoints = [
  'user',
  'access',
  'fault',
  'fault-mmap',
  'handle',
  'refused',
  // a marker that refuses the access
  'poisoned',
  'guarded',
  'refused-sigbus',
  'unlock',
  'unlock-ptl',
  // an empty entry
  'missing',
  'missing-check',
  // an entry of a file that maps nothing
  'file',
  'file-folio',
  'file-new',
  'file-add',
  'file-ptl',
  'file-store',
  'file-unlock',
  'file-done',
  // a huge page of a file, under its mutex
  'huge',
  'huge-map',
  'huge-add',
  'huge-stable',
  'huge-store',
  'huge-stored',
  'huge-access',
  'huge-give',
  'huge-write',
  'huge-check',
  'huge-wp',
  'huge-tell',
  'huge-unlock',
  'huge-done',
  'huge-report',
  'huge-wait',
  'huge-poisoned',
  // a swapped page
  'swap',
  'swap-lock',
  'swap-store',
  'swap-folio',
  'swap-drop',
  // a page on the move
  'migration',
  // an entry without access
  'rwp',
  'rwp-lock',
  'rwp-store',
  'numa',
  'numa-store',
  // a write without permission
  'wp',
  'wp-check',
  'wp-flush',
  'wp-go',
  'copy-lock',
  'copy-check',
  'copy-flush',
  'copy-store',
  // waiting for user space
  'queue-ptl',
  'queue',
  'must-wait',
  'queue-unlock',
  'sleep',
  'asleep',
  'dequeue',
] as const;
/** A program point of a processor. */
export type CpuPoint = (typeof cpuPoints)[number];

/** A processor that runs one thread: what it accesses, and what its fault path remembers. */
export interface Cpu {
  readonly process: ProcessBuilder<CpuPoint>;
  readonly self: Term<number>;
  readonly page: Local<number>;
  readonly access: Local<Access>;
  /** The entry that the fault path has seen without a lock, or stored itself under it. */
  readonly seen: Local<string>;
  /** Whether the fault is being tried again, under the mmap lock. */
  readonly retry: Local<boolean>;
  /** The lock that keeps the VMA as it is. */
  readonly holds: Local<'vma' | 'mmap'>;
  readonly reason: Local<Reason>;
  /** What the last look before sleeping has found. */
  readonly mustWait: Local<boolean>;
  /** Whose TLB is flushed next. */
  readonly flushed: Local<number>;
  /** True when the program lets this processor make the access. */
  readonly may: (access: Term<Access>) => Term<boolean>;
}

/** Declares the processors of a scenario. */
export function declareCpu(k: Kernel): Cpu {
  const process = k.protocol.process('cpu', cpuPoints, k.cpus);
  const { cpus } = k.options;
  return {
    process,
    self: process.self,
    page: process.local('page', k.pages, 0),
    access: process.local('access', accessDomain, 'read'),
    seen: process.local('seen', k.entry.tabulated.domain, 'none'),
    retry: process.local('retry', bool, false),
    holds: process.local('holds', oneOf('lock', 'vma', 'mmap'), 'vma'),
    reason: process.local('reason', reasonDomain, 'missing'),
    mustWait: process.local('must_wait', bool, false),
    flushed: process.local('flushed', range(0, cpus.length), 0),
    may: (access) => or(...cpus.map((kinds, c) => and(process.self.is(c), access.isOneOf(...kinds)))),
  };
}
