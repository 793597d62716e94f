import type { System, SystemState } from '../../checker/index.ts';
import type { Decisions } from '../../spec/index.ts';
import type { Cached } from '../file.ts';
import type { Kernel } from '../kernel.ts';

/** What user space can see of a page's entry without touching it. */
export interface EntrySeen {
  /** Bit 63 of the pagemap word. */
  readonly present: boolean;
  /** Bit 62: something that is not a page stands there. */
  readonly swap: boolean;
  /** Bit 57. */
  readonly uffd: boolean;
  /** The swap type is that of a marker. */
  readonly marker: boolean;
  /** Bit 58: a guard. */
  readonly guard: boolean;
  /** Bit 56: a page that is mapped here only; the zero page is not. No file is mapped twice between operations. */
  readonly exclusive: boolean;
  /** Bit 61: a page of a file. */
  readonly file: boolean;
  /** The PAGEMAP_SCAN categories, in the order of the uapi. */
  readonly scan: readonly ModelledCategory[];
  /** What the categories are instead where the empty entry has no page table around it, which nothing else shows. */
  readonly scanWithoutTable?: readonly ModelledCategory[];
}

/** The PAGEMAP_SCAN categories that the model predicts, in the order of the uapi. SOFT_DIRTY is left out: nothing models it. */
export const modelledCategories = [
  'WPALLOWED',
  'WRITTEN',
  'FILE',
  'PRESENT',
  'SWAPPED',
  'PFNZERO',
  'HUGE',
  'GUARD',
  'ACCESSED',
] as const;
/** A PAGEMAP_SCAN category that the model predicts. */
export type ModelledCategory = (typeof modelledCategories)[number];

/** An entry and its VMA, as the regions of their machines have it. */
export interface PageState {
  readonly entry: Readonly<Record<string, string>>;
  readonly registration: Readonly<Record<string, string>>;
  /** Whether the context resolves write faults by itself. */
  readonly wpAsync: boolean;
  /** What the file keeps, and whether faults on pages that it has are reported; none for anonymous memory. */
  readonly file?: { readonly cache: Cached; readonly minor: boolean };
  /** A page of hugetlbfs. */
  readonly huge: boolean;
}

/** The regions behind the state of a page. */
export function pageState(kernel: Kernel, system: System, state: SystemState, page = 0): PageState {
  const region = (terms: Kernel['entry'], slot: string): Readonly<Record<string, string>> => {
    const { domain, configurations } = terms.tabulated;
    const found = configurations[domain.values.indexOf(system.value(state, slot) as string)];
    if (found === undefined) throw new Error(`${slot} has no configuration`);
    return found;
  };
  return {
    entry: region(kernel.entry, `pte[${page}]`),
    registration: region(kernel.registration, 'vma.uffd'),
    wpAsync: kernel.options.asyncAtStart,
    huge: kernel.backing === 'hugetlb',
    ...(kernel.file && {
      file: {
        cache: system.value(state, `file.cache[${page}]`) as Cached,
        minor: system.value(state, 'vma.minor') === true,
      },
    }),
  };
}

/** Whether PAGEMAP_SCAN counts the entry as touched since it was armed, by what the design goes by. */
function touched({ entry }: PageState, protection: 'wp' | 'rwp', decisions: Decisions): boolean {
  if (protection === 'wp' || decisions.rwpSetsBit) return entry['uffd'] !== 'uffd';
  return !(entry['form'] === 'present' && entry['access'] === 'no-access');
}

function categories(page: PageState, decisions: Decisions): readonly ModelledCategory[] {
  const { form, maps } = page.entry;
  const { protection } = page.registration;
  const wp = protection === 'wp' || protection === 'both';
  const rwp = protection === 'rwp' || protection === 'both';
  const found = new Set<ModelledCategory>();
  if (form === 'present') found.add('PRESENT');
  else if (form !== 'none') found.add('SWAPPED');
  if (form === 'present' && maps === 'zero') found.add('PFNZERO');
  if (form === 'present' && maps === 'file') found.add('FILE');
  if (form === 'guard') found.add('GUARD');
  if (page.huge) found.add('HUGE');
  if (wp && page.wpAsync) found.add('WPALLOWED');
  const mayBeWritten = !(page.huge && form === 'none');
  if (mayBeWritten && (wp || !decisions.scanAsksVma) && touched(page, 'wp', decisions)) found.add('WRITTEN');
  if (rwp && form !== 'none' && touched(page, 'rwp', decisions)) found.add('ACCESSED');
  return modelledCategories.filter((category) => found.has(category));
}

/** What user space sees of a page: the one place that turns a state into observations. */
export function observe(page: PageState, decisions: Decisions): EntrySeen {
  const { form, uffd, maps } = page.entry;
  const scan = categories(page, decisions);
  const { protection } = page.registration;
  const wp = protection === 'wp' || protection === 'both';
  const tableShows = form === 'none' && (page.huge || (!wp && !decisions.scanAsksVma));
  return {
    present: form === 'present',
    // Of a huge page that is not present, pagemap tells the bit alone.
    swap: form !== 'present' && form !== 'none' && !page.huge,
    uffd: uffd === 'uffd',
    marker: (form === 'marker' || form === 'poison' || form === 'guard') && !page.huge,
    guard: form === 'guard',
    exclusive: form === 'present' && (maps === 'anon' || maps === 'file'),
    file: form === 'present' && maps === 'file',
    scan,
    ...(tableShows && { scanWithoutTable: scan.filter((category) => category !== 'WRITTEN' && category !== 'HUGE') }),
  };
}
