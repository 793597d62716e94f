/** The bytes of a page that is reported with these categories: 2 MB for a page of hugetlbfs, else 4 KB. */
export function pageBytes(categories: readonly string[] | null): number {
  return categories?.includes('HUGE') ? 2 ** 21 : 2 ** 12;
}
