/** The kinds of memory that a VMA can have: what fills its empty entries, and what keeps its content. */
export const backings = ['anon', 'shmem', 'shmem-private', 'hugetlb', 'hugetlb-private'] as const;
/** A kind of memory. */
export type Backing = (typeof backings)[number];

/** The memory whose content is a file's: an entry can be emptied and filled again without loss. */
export const fileBackings = ['shmem', 'shmem-private', 'hugetlb', 'hugetlb-private'] as const;

/** True for memory that others see when it is written. */
export function isShared(backing: Backing): boolean {
  return backing === 'shmem' || backing === 'hugetlb';
}

/** True for memory of huge pages. */
export function isHugetlb(backing: Backing): boolean {
  return backing.startsWith('hugetlb');
}
