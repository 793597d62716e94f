import { bool, oneOf, type Cell, type Domain, type ProtocolBuilder, type Term } from '../checker/language/index.ts';
import type { Backing } from '../spec/index.ts';

/**
 * What the file keeps at an offset, whether or not anybody maps it: nothing; a page that was never written; a page with
 * content, in the entry that maps it or in the page itself; or a swap slot in place of the page.
 */
export const cacheDomain = oneOf('cache', 'none', 'clean', 'dirty', 'swap');
/** What the file keeps at an offset. */
export type Cached = (typeof cacheDomain.values)[number];

/** The state of the file that a VMA maps, and of what only such a VMA is registered for. */
export interface FileState {
  /** What the file keeps at the offset of a page. */
  readonly cache: (page: Term<number>) => Cell<Cached>;
  /** Whether faults on pages that the file has and the entry does not map are reported. */
  readonly minor: Cell<boolean>;
  /** Whether the REGISTER in progress asks for that. */
  readonly asksMinor: Cell<boolean>;
}

/** True for memory that a file keeps. */
export function isFile(backing: Backing): boolean {
  return backing !== 'anon';
}

/** Declares the state of a file; none for anonymous memory. */
export function declareFile(p: ProtocolBuilder, backing: Backing, pages: Domain<number>): FileState | undefined {
  if (!isFile(backing)) return undefined;
  return {
    cache: p.array('file.cache', cacheDomain, 'none', [pages]),
    minor: p.scalar('vma.minor', bool, false),
    asksMinor: p.scalar('register.asks_minor', bool, false),
  };
}
