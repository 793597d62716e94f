import type { StepChange } from '../checker/language/index.ts';
import type { Access, Backing, Design, Machines, Protection } from '../spec/index.ts';

/** The calls that the manager may make. */
export const managerCalls = [
  'arm',
  'resolve',
  'set-mode',
  'scan',
  'protecting-scan',
  'register',
  'unregister',
  'close',
  'discard',
  'evict',
  'fill',
  'zeropage',
  'poison',
  'continue',
  'guard',
  'move',
  'mmap',
  'wake',
  'punch',
  'alias',
] as const;
/** A call that the manager may make. */
export type ManagerCall = (typeof managerCalls)[number];

/** What else happens on the machine. */
export const environmentActors = [
  'reclaim',
  'migration',
  'mprotect',
  'numa',
  'swapoff',
  'fault-around',
  'mremap',
  'fork',
] as const;
/** An actor of the environment. */
export type EnvironmentActor = (typeof environmentActors)[number];

/** What a scenario is made of. */
export interface WorldOptions {
  readonly name: string;
  readonly design: Design;
  readonly pages: number;
  /** What the VMA maps; left out: anonymous memory. */
  readonly backing?: Backing;
  /** The accesses that each processor may make. */
  readonly cpus: readonly (readonly Access[])[];
  /** What the VMA is registered for at the start. */
  readonly registered: { readonly missing: boolean; readonly protections: readonly Protection[] };
  /** The protections that the manager uses. */
  readonly uses: readonly Protection[];
  /** Whether the context resolves faults itself at the start; SET_MODE changes it for RWP only. */
  readonly asyncAtStart: boolean;
  readonly populatedAtStart: boolean;
  readonly calls: ReadonlySet<ManagerCall>;
  readonly environment: ReadonlySet<EnvironmentActor>;
  /**
   * `fair`: the manager must read what is readable and answer it. `script`: beside that, its calls follow a script.
   * `lazy`: it reads nothing, and unprotects when it likes. `conformance`: nothing is a duty, every call is user space's.
   */
  readonly manager: 'fair' | 'script' | 'lazy' | 'conformance';
  /** How the manager evicts, if it does. */
  readonly eviction?: 'move' | 'naive' | 'alias';
  /** Whether the script scans before it switches to sync, or after. */
  readonly order?: 'scan-then-sync' | 'sync-then-scan';
  /** The machines, where a mutant has changed them. */
  readonly machines?: Machines;
  /** Steps that a mutant replaces. */
  readonly changes?: ReadonlyMap<string, StepChange>;
}
