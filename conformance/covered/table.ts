/** A row of the table: something to be met, or the reason why nothing here meets it. */
export interface Row {
  /** As semantics.md and the manual call it. */
  readonly name: string;
  /** The names that it has here: forms of the entry, or operations. */
  readonly here: RegExp;
  /** Why no sequence meets it. */
  readonly because?: string;
}

const never = /^$/u;

/** The forms of an entry, as section 1.1 of the semantics lists them. Written by hand: what the model lacks is to be seen. */
export const forms: readonly Row[] = [
  { name: 'NONE', here: /^none/u },
  { name: 'PRES', here: /^(present|file)(?!.*no-access)/u },
  { name: 'PROTN', here: /^(present|file).*no-access/u },
  { name: 'ZERO', here: /^zero/u },
  { name: 'SWAP', here: /^swap/u },
  { name: 'MARK_WP', here: /^marker/u },
  { name: 'MARK_POISON', here: /^poison/u },
  { name: 'MARK_GUARD', here: /^guard/u },
  { name: 'MIG', here: /^migration/u, because: 'a migration entry exists only inside a migration' },
  { name: 'HWP', here: never, because: 'a page goes bad for good: no operation does that' },
  { name: 'DPRIV', here: never, because: 'it takes a device with memory of its own' },
  { name: 'DEXCL', here: never, because: 'it takes a device that claims pages for itself' },
];

/** What user space and the machine do to memory under userfaultfd. Written by hand, as the forms are. */
export const operations: readonly Row[] = [
  { name: 'UFFDIO_API', here: /^api/u },
  { name: 'UFFDIO_REGISTER', here: /^register (?!.*minor)/u },
  { name: 'UFFDIO_REGISTER (minor)', here: /^register .*minor/u },
  { name: 'UFFDIO_UNREGISTER', here: /^unregister/u },
  { name: 'close', here: /^close/u },
  { name: 'read', here: /^read$/u },
  { name: 'UFFDIO_WAKE', here: /^wake/u },
  { name: 'UFFDIO_WRITEPROTECT', here: /^writeprotect/u },
  { name: 'UFFDIO_RWPROTECT', here: /^rwprotect/u },
  { name: 'UFFDIO_SET_MODE', here: /^set-mode/u },
  { name: 'UFFDIO_COPY', here: /^copy/u },
  { name: 'UFFDIO_ZEROPAGE', here: /^zeropage/u },
  { name: 'UFFDIO_CONTINUE', here: /^continue/u },
  { name: 'UFFDIO_POISON', here: /^poison/u },
  { name: 'UFFDIO_MOVE', here: /^(evict|move)/u },
  { name: 'PAGEMAP_SCAN (protecting)', here: /^scan-wp/u },
  { name: 'a read', here: /^touch r/u },
  { name: 'a write', here: /^touch w/u },
  { name: 'mprotect', here: /^mprotect/u },
  { name: 'mmap', here: /^mmap/u },
  { name: 'mremap', here: /^(mremap|remap)/u },
  { name: 'fork', here: /^fork/u },
  { name: 'MADV_DONTNEED', here: /^dontneed/u },
  { name: 'MADV_FREE', here: /^free/u },
  { name: 'MADV_COLD', here: /^cold/u },
  { name: 'MADV_PAGEOUT', here: /^pageout/u },
  { name: 'MADV_POPULATE', here: /^populate/u },
  { name: 'MADV_GUARD_INSTALL, _REMOVE', here: /^guard/u },
  { name: 'a hole in the file', here: /^(punch|remove)/u },
  { name: 'an access by another mapping', here: /^alias-/u },
  { name: 'swapoff', here: /^swapoff/u },
  { name: 'move_pages', here: /^migrate/u },
  { name: 'a NUMA hint', here: /^numa/u, because: 'the kernel gives hints when it likes to' },
  { name: 'an access by the kernel', here: /^(save|gup|splice)/u },
  { name: 'KSM', here: /^ksm/u },
  { name: 'MADV_COLLAPSE', here: /^collapse/u },
  { name: 'soft offline', here: never, because: 'it takes a page away from the machine for good' },
];
