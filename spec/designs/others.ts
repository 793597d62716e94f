import type { Design } from './design.ts';
import { linux73 } from './linux-7.3.ts';

const shipped = linux73.decisions;

/** Linux 6.18: write protection, moving and scanning; no RWP yet. */
export const linux618: Design = {
  name: 'linux-6.18',
  says: 'the kernel before RWP: write protection, MOVE and PAGEMAP_SCAN',
  source: 'the kernel itself, 6.18',
  features: { ...linux73.features, rwp: false, rwpAsync: false, setMode: false },
  decisions: {
    ...shipped,
    registerRefusesDrop: false,
    scanAsksVma: false,
    swapInTakesSole: true,
    copyReplacesGuard: true,
    hugetlbFaultClearsStale: false,
    hugetlbMapAsksMode: false,
    hugetlbUnmapAsksMode: false,
  },
};

/** Plain write protection, as the debate took it for granted. */
export const uffdWp: Design = {
  name: 'uffd-wp',
  says: 'write protection alone: the uffd bit, no markers, no async mode',
  source: 'seed thread, Peter Xu, April 2026: write protection is enough for eviction',
  features: { ...linux618.features, wpAsync: false },
  decisions: { ...linux618.decisions, wpMarksEmpty: 'never' },
};

const bare = {
  ...shipped,
  rwpSetsBit: false,
  rwpFaultAsks: 'no-access',
  rwpArmsSwap: false,
  rwpArmsMigration: false,
  swapInRestoresNoAccess: false,
  swapoffRestoresNoAccess: false,
  migrationRestoresNoAccess: false,
  mprotectKeepsNoAccess: 'never',
  numaScanSkipsRwp: true,
  moveArms: false,
  rwpRefusesInaccessible: false,
  registerRefusesDrop: false,
  setModeDrains: false,
} as const;

/** The first posting: MINOR_ANON. */
export const rfcV1: Design = {
  name: 'rfc-v1',
  says: 'MINOR_ANON: DEACTIVATE takes the access of present pages, and the missing access is the whole mark',
  source: 'seed thread, Kiryl Shutsemau, 14 April 2026',
  features: { ...linux73.features, wp: false, wpAsync: false },
  decisions: { ...bare, wpWithRwp: 'refused', wpMarksEmpty: 'never' },
};

/** The second revision: RWP as a mode of its own, still without a bit. */
export const rfcV2: Design = {
  name: 'rfc-v2',
  says: 'RWP on bare entries without access; the bit stays with WP, and the two may be combined',
  source: 'seed thread, Kiryl Shutsemau, 16 April 2026',
  features: linux73.features,
  decisions: { ...bare, wpWithRwp: 'allowed' },
};

/** The third revision, as first posted: the bit carries RWP. */
export const rfcV3: Design = {
  name: 'rfc-v3',
  says: 'the uffd bit carries RWP through swap and migration; whether WP may be combined with it was still open',
  source: 'seed thread, Kiryl Shutsemau, 19 April 2026',
  features: linux73.features,
  decisions: {
    ...shipped,
    wpWithRwp: 'allowed',
    moveArms: false,
    rwpRefusesInaccessible: false,
    registerRefusesDrop: false,
    setModeDrains: false,
  },
};
