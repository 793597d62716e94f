import type { Domain, Term } from '../checker/language/index.ts';
import type { Condition } from './machine/kernel-function.ts';

/**
 * What a property may look at beside its ghosts: the index sets and, for claims on states, the state of the kernel.
 * The model implements it.
 */
export interface World {
  readonly cpus: Domain<number>;
  readonly pages: Domain<number>;
  /** True when the entry of a page satisfies the condition. */
  readonly entryIs: (page: Term<number>, condition: Condition) => Term<boolean>;
  /** True when the VMA is registered for a protection (alone or with the other). */
  readonly protects: (protection: 'wp' | 'rwp') => Term<boolean>;
  /** True when the entry of a page would make a fault an RWP fault. */
  readonly traps: (page: Term<number>) => Term<boolean>;
  /** True when the VMA may be accessed. */
  readonly accessible: Term<boolean>;
  /** Whether the page has content in the initial state. */
  readonly populatedAtStart: boolean;
  /** The mode in the initial state. */
  readonly asyncAtStart: boolean;
  /** Whether NUMA hints can take access away too, so that a missing access alone says nothing. */
  readonly hintsPossible: boolean;
  /** Whether the manager must read what is readable, and answer it. */
  readonly answers: boolean;
  /** Whether pages are evicted and fetched back. */
  readonly evicts: boolean;
  /** True when the thread of a processor sleeps in a fault on a page. */
  readonly asleepOn: (cpu: Term<number>, page: Term<number>) => Term<boolean>;
  /** True when the thread of a processor sleeps in a fault. */
  readonly asleep: (cpu: Term<number>) => Term<boolean>;
  /** True when the manager itself sleeps in a fault. */
  readonly managerStuck: Term<boolean>;
}
