/** A fixed sequence about something that the model does not have yet: two kernels are compared by it with each other. */
export interface Probe {
  readonly id: string;
  /** What the kernels are asked, as the beginning of a sentence. */
  readonly asks: string;
  /** The features that the sequence asks for. */
  readonly features: readonly string[];
  /** The line after the id: pages, memory, operations. */
  readonly line: string;
  /** The operation that answers the question, by its place. */
  readonly about: number;
}

const hugetlb = (id: string, memory: string, what: string): Probe => ({
  id,
  asks: `After a read-write-protected page of ${what} was discarded and read again, a write to it`,
  features: ['pagefault-flag-wp', 'rwp', 'wp-hugetlbfs-shmem'],
  line: `1 ${memory} api pagefault-flag-wp,rwp,wp-hugetlbfs-shmem | register rwp | touch 0 w | rwprotect 0 0 on | dontneed 0 0 | touch 0 r | touch 0 w`,
  about: 6,
});

const adjoined = (mode: 'wp' | 'rwp', protect: string, features: readonly string[]): Probe => ({
  id: `mremap-merge-${mode}`,
  asks: `After mremap has put an untouched page of the same registration (${mode}) right behind a protected page, a write to the protected page`,
  features,
  line: `1 api ${features.join(',')} | register ${mode} | touch 0 w | ${protect} 0 0 on | adjoin ${mode} | touch 0 w | read`,
  about: 5,
});

/** The probes, in an order that puts what may never end last. */
export const probes: readonly Probe[] = [
  adjoined('wp', 'writeprotect', ['pagefault-flag-wp']),
  adjoined('rwp', 'rwprotect', ['pagefault-flag-wp', 'rwp']),
  hugetlb('hugetlb-discard-rwp', 'hugetlb', 'shared huge pages'),
  hugetlb('hugetlb-private-discard-rwp', 'hugetlb-private', 'private huge pages'),
  {
    id: 'move-held-large',
    asks: 'UFFDIO_MOVE of a page of a huge page that a pipe holds too',
    features: ['pagefault-flag-wp', 'move'],
    line: '1 api pagefault-flag-wp,move | move-held',
    about: 1,
  },
];
