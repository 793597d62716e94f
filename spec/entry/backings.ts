/** The kinds of memory that a VMA can have: what fills its empty entries, and what keeps its content. */
export const backings = ['anon', 'shmem', 'shmem-private', 'hugetlb', 'hugetlb-private'] as const;
/** A kind of memory. */
export type Backing = (typeof backings)[number];
