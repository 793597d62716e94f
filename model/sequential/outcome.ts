import type { SignalName } from '../../spec/index.ts';
import type { ChildSeen } from './child.ts';
import type { EntrySeen } from './observe.ts';
import type { Content } from './world.ts';

/** What an operation on one page shows: what it returned, what became of the access, and what can be seen afterwards. */
export interface Observation {
  /** `0` or the name of an errno. */
  readonly ret: string;
  /** The thread of the page afterwards; `done`: its access has ended in this operation. */
  readonly thread: 'idle' | 'blocked' | 'done' | 'stuck';
  /** With `done`: what the access was and gave. */
  readonly access?:
    | { readonly kind: 'write' }
    | { readonly kind: 'read'; readonly content: Content }
    | { readonly kind: 'signal'; readonly signal: SignalName };
  /** With `read`: the message about this page, by its flags, or none. */
  readonly message?: readonly string[];
  /** With `scan-wp`: the categories that it reports, or none. */
  readonly scanned?: readonly string[] | null;
  /** With `evict` that succeeded: what was found in the page. */
  readonly saved?: Content;
  /** With `migrate`: whether the frame changed. */
  readonly moved?: boolean;
  /** With `fork`: what the child saw. */
  readonly child?: ChildSeen;
  /** What can be seen of the entry. */
  readonly entry: EntrySeen;
}

/** One way that an operation may go. */
export interface Alternative {
  readonly observation: Observation;
  /** The state after it. */
  readonly next: number;
  /** The rules that were taken on the shortest way there. */
  readonly because: readonly string[];
  /** Environment steps that nobody asked for, by rule. */
  readonly spontaneous: readonly string[];
}
