import type { StepBody, StepHeading } from '../../checker/language/index.ts';
import type { Branch } from '../../spec/index.ts';
import { dropsOf, halfDropsOf, type Mutant } from '../../model/index.ts';
import type { SessionKind } from '../../model/sequential/session.ts';
import type { Extent } from './judge.ts';

/** A defect that turns a claim which holds into one that is violated. */
export interface Breaking {
  readonly claim: string;
  readonly session: SessionKind;
  /** How many operations the shortest sequence takes. */
  readonly operations: number;
  /** Set where {@link Extent} `nearby` is not enough. */
  readonly extent?: Extent;
  readonly mutant: Mutant;
}

type Decisions = NonNullable<Mutant['decisions']>;
type Rules = NonNullable<Mutant['rules']>;

const design = 'linux-7.3';
/** Decisions of Linux 7.3 taken otherwise. */
export const decide = (decisions: Decisions): Mutant => ({ design, decisions });
/** Rules of Linux 7.3 changed. */
export const change = (rules: Rules): Mutant => ({ design, rules });

/** A branch whose target has other values. */
export const becomes =
  (parts: Readonly<Record<string, string>>) =>
  (branch: Branch): Branch => ({ ...branch, target: { ...(branch.target as object), ...parts } });

type Step = StepHeading & StepBody;

/** A step that leads elsewhere. */
const goesTo =
  (to: string) =>
  (step: Step): Step => ({ ...step, to });

/** A step that stores only to some variables. */
const stores =
  (kept: (variable: string) => boolean) =>
  (step: Step): Step => ({ ...step, then: (step.then ?? []).filter(({ variable }) => kept(variable.name)) });

/** A branch that does nothing, or leaves a mark alone. */
function dropped(id: string): Mutant {
  const found = [...dropsOf(design), ...halfDropsOf(design)].find((drop) => drop.id === `drop:${id}`);
  if (found === undefined) throw new Error(`no branch ${id}`);
  return found.mutant;
}

const registration: readonly Breaking[] = [
  { claim: 'never-both', session: 'rwp-sync', operations: 2, mutant: decide({ wpWithRwp: 'allowed' }) },
  {
    claim: 'register-drops-nothing',
    session: 'wp-sync',
    operations: 3,
    mutant: decide({ registerRefusesDrop: false }),
  },
  {
    claim: 'register-refuses-inaccessible',
    session: 'rwp-sync',
    operations: 3,
    mutant: decide({ rwpRefusesInaccessible: false }),
  },
  {
    claim: 'register-arms-nothing',
    session: 'wp-sync',
    operations: 5,
    extent: 'reachable',
    mutant: decide({ unregisterResetsEntries: false }),
  },
  {
    claim: 'register-disarms-nothing',
    session: 'wp-sync',
    operations: 4,
    mutant: decide({ registerRefusesDrop: false }),
  },
];

const protection: readonly Breaking[] = [
  { claim: 'arming-arms', session: 'rwp-sync', operations: 4, mutant: dropped('mrwprotect_range/arm') },
  { claim: 'arming-arms', session: 'rwp-sync', operations: 5, mutant: decide({ rwpArmsSwap: false }) },
  {
    claim: 'arming-keeps-the-page',
    session: 'rwp-sync',
    operations: 4,
    mutant: change({ 'mrwprotect_range/arm': becomes({ dirty: 'no' }) }),
  },
  {
    claim: 'arming-populates-nothing',
    session: 'rwp-sync',
    operations: 3,
    mutant: change({ 'mrwprotect_range/unpopulated': becomes({ form: 'marker', uffd: 'uffd' }) }),
  },
  {
    claim: 'resolving-restores',
    session: 'rwp-sync',
    operations: 5,
    mutant: dropped('mrwprotect_range/resolve-own:access'),
  },
  {
    claim: 'resolving-restores',
    session: 'wp-sync',
    operations: 4,
    mutant: dropped('mwriteprotect_range/resolve-own:uffd'),
  },
  { claim: 'resolving-wakes', session: 'wp-sync', operations: 5, mutant: decide({ unprotectWakes: false }) },
  {
    claim: 'protecting-twice-is-once',
    session: 'rwp-sync',
    operations: 4,
    mutant: change({
      'mrwprotect_range/arm': (branch) => ({ ...branch, when: { ...branch.when, access: 'vma' } }),
      'mrwprotect_range/arm-bare': becomes({ access: 'vma', uffd: 'clear' }),
    }),
  },
];

const faults: readonly Breaking[] = [
  {
    claim: 'sync-stops-accesses',
    session: 'rwp-sync',
    operations: 6,
    mutant: decide({ swapInRestoresNoAccess: false }),
  },
  {
    claim: 'wp-lets-reads-through',
    session: 'wp-sync',
    operations: 4,
    mutant: change({
      'mfill_atomic_install_pte/protected': becomes({ access: 'no-access' }),
      'handle_pte_fault/numa': goesTo('wp'),
    }),
  },
  {
    claim: 'flags-tell-the-fault',
    session: 'wp-sync',
    operations: 4,
    mutant: { design, decisions: { mustWaitLooks: false }, rules: { 'do_wp_page/sync': stores(() => false) } },
  },
  { claim: 'async-completes', session: 'rwp-async', operations: 5, mutant: dropped('do_uffd_rwp/own:uffd') },
  {
    claim: 'waking-resolves-nothing',
    session: 'wp-sync',
    operations: 4,
    mutant: change({ 'manager/wake': goesTo('idle') }),
  },
  {
    claim: 'read-once',
    session: 'wp-sync',
    operations: 4,
    extent: 'reachable',
    // A step has that name too; the branch is meant.
    mutant: change({ 'userfaultfd_ctx_read/read': becomes({ task: 'running' }) } as object),
  },
  {
    claim: 'rwp-ignores-empty',
    session: 'rwp-sync',
    operations: 3,
    mutant: change({ 'do_anonymous_page/zero-page': becomes({ uffd: 'uffd', access: 'no-access' }) }),
  },
];

const alarms: readonly Breaking[] = [
  {
    claim: 'rwprotect-leaves-wp-alone',
    session: 'rwp-sync',
    operations: 4,
    extent: 'reachable',
    mutant: decide({ wpWithRwp: 'allowed' }),
  },
  {
    claim: 'no-access-is-read-only',
    session: 'rwp-sync',
    operations: 4,
    mutant: change({ 'mrwprotect_range/arm': becomes({ write: 'write' }) }),
  },
  {
    claim: 'marked-is-read-only',
    session: 'wp-sync',
    operations: 4,
    mutant: change({ 'mwriteprotect_range/arm': becomes({ write: 'write' }) }),
  },
  {
    claim: 'async-makes-nothing-clean-writable',
    session: 'rwp-async',
    operations: 5,
    mutant: change({ 'do_uffd_rwp/shared': becomes({ write: 'write' }) }),
  },
];

const survival: readonly Breaking[] = [
  { claim: 'reclaim-keeps-the-mark', session: 'wp-sync', operations: 4, mutant: decide({ swapOutCarriesBit: false }) },
  {
    claim: 'migration-keeps-the-mark',
    session: 'wp-sync',
    operations: 4,
    mutant: decide({ migrationCarriesBit: false }),
  },
  { claim: 'mprotect-keeps-the-mark', session: 'rwp-sync', operations: 5, mutant: decide({ mprotectKeepsBit: false }) },
  {
    claim: 'mprotect-keeps-the-mark',
    session: 'rwp-sync',
    operations: 5,
    mutant: decide({ mprotectKeepsNoAccess: 'never' }),
  },
  { claim: 'zap-ends-rwp', session: 'rwp-sync', operations: 5, mutant: dropped('zap_pte_range/zap:uffd') },
  {
    claim: 'zap-of-anon-ends-wp',
    session: 'wp-sync',
    operations: 4,
    mutant: change({ 'zap_pte_range/zap': becomes({ form: 'marker', uffd: 'uffd' }) }),
  },
  { claim: 'wp-of-empty-anon', session: 'wp-async', operations: 3, mutant: decide({ wpMarksEmpty: 'never' }) },
  {
    claim: 'new-entries-are-unprotected',
    session: 'wp-sync',
    operations: 1,
    mutant: change({ 'do_anonymous_page/zero-page': becomes({ uffd: 'uffd' }) }),
  },
  {
    claim: 'fill-protects-when-asked',
    session: 'wp-sync',
    operations: 3,
    mutant: change({ 'mfill_atomic_install_pte/protected': becomes({ uffd: 'clear' }) }),
  },
];

const gone = becomes({ form: 'none', uffd: 'clear' });

const shared: readonly Breaking[] = [
  {
    claim: 'reclaim-of-shmem-keeps-wp',
    session: 'shmem-wp-sync',
    operations: 4,
    mutant: change({ 'try_to_unmap_one/file-protected': gone }),
  },
  {
    claim: 'zap-of-shmem-keeps-wp',
    session: 'shmem-wp-sync',
    operations: 4,
    mutant: change({ 'zap_pte_range/mark': gone }),
  },
];

const rest: readonly Breaking[] = [
  {
    claim: 'reclaim-keeps-the-access',
    session: 'rwp-sync',
    operations: 4,
    mutant: change({ 'try_to_unmap_one/carry': becomes({ uffd: 'uffd' }) }),
  },
  {
    claim: 'removal-is-written',
    session: 'wp-async',
    operations: 4,
    mutant: change({ 'zap_pte_range/zap': becomes({ form: 'marker', uffd: 'uffd' }) }),
  },
  { claim: 'armed-is-not-accessed', session: 'rwp-sync', operations: 4, mutant: dropped('mrwprotect_range/arm:uffd') },
  { claim: 'access-is-reported', session: 'rwp-async', operations: 5, mutant: dropped('do_uffd_rwp/own:uffd') },
  {
    claim: 'protected-is-not-written',
    session: 'wp-sync',
    operations: 4,
    mutant: dropped('mwriteprotect_range/arm:uffd'),
  },
  {
    claim: 'write-is-reported',
    session: 'wp-async',
    operations: 4,
    mutant: change({ 'wp_page_reuse/reuse': becomes({ uffd: 'uffd' }) }),
  },
  { claim: 'written-in-wp-only', session: 'wp-sync', operations: 1, mutant: decide({ scanAsksVma: false }) },
  {
    claim: 'scan-protects-what-it-reports',
    session: 'wp-async',
    operations: 4,
    mutant: dropped('make_uffd_wp_pte/arm'),
  },
  { claim: 'async-lets-sleepers-go', session: 'rwp-sync', operations: 6, mutant: decide({ setModeWakes: false }) },
  {
    claim: 'unregister-leaves-no-mark',
    session: 'wp-sync',
    operations: 4,
    mutant: decide({ unregisterResetsEntries: false }),
  },
  { claim: 'close-leaves-no-mark', session: 'wp-sync', operations: 4, mutant: decide({ closeResetsEntries: false }) },
  { claim: 'close-leaves-nobody-asleep', session: 'wp-sync', operations: 4, mutant: decide({ closeWakes: false }) },
];

/** For every claim that holds for Linux 7.3, a defect that breaks it. */
export const breaking: readonly Breaking[] = [
  ...registration,
  ...protection,
  ...faults,
  ...alarms,
  ...survival,
  ...shared,
  ...rest,
];
