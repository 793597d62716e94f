import type { Decisions, SignalName } from '../../spec/index.ts';
import type { PageState } from './observe.ts';
import type { Content } from './world.ts';

/** What a child that was just forked sees of a page, and what its first access to it gives. */
export interface ChildSeen {
  readonly present: boolean;
  readonly swap: boolean;
  readonly uffd: boolean;
  readonly marker: boolean;
  readonly access:
    | { readonly kind: 'write' }
    | { readonly kind: 'read'; readonly content: Content }
    | { readonly kind: 'signal'; readonly signal: SignalName };
}

const empty = { present: false, swap: false, uffd: false, marker: false } as const;

/** The entry of a child that nobody is registered for. Without an anonymous page in the VMA nothing is copied. */
function childEntry({ entry }: PageState, decisions: Decisions): Omit<ChildSeen, 'access'> {
  const { form, uffd } = entry;
  const clears = decisions.forkClearsChildMarks;
  const kept = uffd === 'uffd' && !clears;
  if (form === 'none' || (form === 'marker' && clears)) return empty;
  if (form === 'present') return { ...empty, present: true, uffd: kept };
  return { ...empty, swap: true, uffd: kept, marker: form === 'marker' || form === 'poison' || form === 'guard' };
}

/** What the child's first access gives: it is registered nowhere, so that nothing is reported. */
function childAccess(form: string, write: boolean, permitted: boolean, content: Content): ChildSeen['access'] {
  if (!permitted || form === 'guard') return { kind: 'signal', signal: 'SIGSEGV' };
  if (form === 'poison') return { kind: 'signal', signal: 'SIGBUS' };
  return write ? { kind: 'write' } : { kind: 'read', content };
}

/**
 * What a child may see of a page: its copy of the entry; or, where the entry is no page of our own, an empty one, because
 * the kernel does not copy the page tables of a VMA that never had such a page.
 */
export function childrenOf(
  page: PageState,
  decisions: Decisions,
  write: boolean,
  permitted: boolean,
  content: Content,
): readonly ChildSeen[] {
  const { form = '', maps } = page.entry;
  const copied = { ...childEntry(page, decisions), access: childAccess(form, write, permitted, content) };
  const bare = { ...empty, access: childAccess('none', write, permitted, 'zero') };
  const alwaysCopied = maps === 'anon' || form === 'none';
  return alwaysCopied ? [copied] : [copied, bare];
}
