/** A defect that a review of RWP suspected, and that is none: what makes it none must stay so. */
export interface FalseAlarm {
  /** What was suspected. */
  readonly says: string;
  /** In which version of the patches. */
  readonly raised: string;
  /** Why it holds. */
  readonly because: string;
  /** The claim that checks it, which a defect of `breaking.ts` breaks; or why nothing here does. */
  readonly check: { readonly claim: string } | { readonly none: string };
}

/** What reviews suspected of RWP and was no defect, each a check that must hold. */
export const falseAlarms: readonly FalseAlarm[] = [
  {
    says: 'a page that comes back from swap is accessible, and its mark lost',
    raised: 'v1',
    because: 'do_swap_page() takes the access away again where the swap entry has the bit and the VMA is an RWP one',
    check: { claim: 'sync-stops-accesses' },
  },
  {
    says: 'resolving RWP clears marks of WP, and arming turns a write-protected page into an armed one',
    raised: 'v1, v4',
    because: 'no VMA has both protections, and RWPROTECT refuses one that has not RWP',
    check: { claim: 'rwprotect-leaves-wp-alone' },
  },
  {
    says: 'resolving in async mode makes entries that are shared, clean and writable',
    raised: 'v1, v4',
    because:
      'write permission is added only to a dirty page where writes to shared memory are told, and to an anonymous page that is ours alone; other shared memory is writable anyway',
    check: { claim: 'async-makes-nothing-clean-writable' },
  },
  {
    says: 'MOVE into an RWP VMA makes the thread that waits there fault for ever',
    raised: 'v1',
    because: 'the page arrives armed, and the next access is an RWP fault, which is resolved as any other',
    check: {
      none: 'random sequences and the recordings of 7.3.4 hold it, by the decision moveArms; no claim is about it yet',
    },
  },
  {
    says: 'the copy that fork makes of a pinned page is writable in a WP VMA of the child',
    raised: 'v4',
    because: 'setting the bit takes write permission away: a marked page is never writable',
    check: { claim: 'marked-is-read-only' },
  },
  {
    says: 'write permission is given to a page without access',
    raised: 'v4',
    because: 'the helper that gives write permission refuses an entry without access',
    check: { claim: 'no-access-is-read-only' },
  },
];
