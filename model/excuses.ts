import type { WorldOptions } from './options.ts';

/** The reason, unless the thing can happen. */
function unless(happens: boolean, reason: string): string | false {
  return !happens && reason;
}

/**
 * What can arise in a scenario, so that coverage does not ask for rules that it gives no occasion for. Nothing is left
 * out of the model because of this: a rule that fires all the same is a wrong fact, and a test finds it.
 */
class Facts {
  readonly #o: WorldOptions;

  constructor(options: WorldOptions) {
    this.#o = options;
  }

  #calls(...names: readonly string[]): boolean {
    return names.some((name) => (this.#o.calls as ReadonlySet<string>).has(name));
  }

  get reclaims(): string | false {
    return unless(this.#o.environment.has('reclaim'), 'nothing is swapped out');
  }

  get migrates(): string | false {
    return unless(this.#o.environment.has('migration'), 'nothing is moved');
  }

  get mprotects(): string | false {
    return unless(this.#o.environment.has('mprotect'), 'nobody calls mprotect');
  }

  /** Entries can be found without access that are not armed. */
  get hints(): string | false {
    // With both protections in one VMA, unprotecting for WP takes the bit that RWP asks for, and leaves no access.
    if (this.#o.uses.length === 2 && this.#o.design.decisions.rwpSetsBit) return false;
    return this.numaScans || unless(this.#o.environment.has('numa'), 'nothing takes access away but RWP');
  }

  /** The NUMA scan does not always pass the VMA over. */
  get numaScans(): string | false {
    const { registered, design } = this.#o;
    const stays = registered.protections.includes('rwp') && !this.#calls('unregister', 'close');
    return design.decisions.numaScanSkipsRwp && stays && 'the NUMA scan passes RWP VMAs over';
  }

  /** The manager gets past the copy that it makes before it evicts. */
  get savesAtAll(): string | false {
    const { eviction, design } = this.#o;
    return eviction === 'naive' && design.decisions.setModeDrains && 'the manager never gets past its own protection';
  }

  /** An eviction can find nothing to move. */
  get movesNothing(): string | false {
    return unless(this.#o.manager === 'conformance', 'a page that was found cold is there to be moved');
  }

  /** A page can lose its content, or has none at the start. */
  get canBeEmpty(): boolean {
    return !this.#o.populatedAtStart || (this.#calls('discard', 'evict') && this.savesAtAll === false);
  }

  /** The kernel can fill an empty entry by itself. */
  get fills(): string | false {
    const reported = this.#o.registered.missing && !this.#calls('unregister', 'close');
    return unless(this.canBeEmpty && !reported, 'every page has content, or is filled by the manager');
  }

  /** The zero page can be mapped. */
  get zeroPages(): string | false {
    return (
      this.fills ||
      unless(
        this.#o.cpus.some((kinds) => kinds.includes('read')),
        'nobody reads an empty page',
      )
    );
  }

  /** Messages about missing pages can be sent. */
  get reportsMissing(): string | false {
    return unless(
      this.canBeEmpty && (this.#o.registered.missing || this.#o.manager === 'conformance'),
      'no MISSING registration, or no empty page',
    );
  }

  /** Some fault can be reported. */
  get reports(): string | false {
    const { uses, asyncAtStart, registered } = this.#o;
    const protects = uses.length > 0 && (!asyncAtStart || this.#calls('set-mode'));
    return unless(
      protects || registered.missing || this.#o.manager === 'conformance',
      'nothing is reported in this scenario',
    );
  }

  get usesRwp(): string | false {
    return unless(this.#o.uses.includes('rwp'), 'no RWP in this scenario');
  }

  get usesWp(): string | false {
    return unless(this.#o.uses.includes('wp'), 'no write protection in this scenario');
  }

  /** Some processor writes. */
  get writes(): boolean {
    return this.#o.cpus.some((kinds) => kinds.includes('write'));
  }

  /** A write can find a read-only entry that nobody protects. */
  get readOnly(): string | false {
    const bare = this.#o.uses.includes('rwp') && !this.#o.design.decisions.rwpSetsBit;
    const migrated = this.#o.environment.has('migration') && (this.resolves === false || bare);
    const arises = migrated || this.#o.environment.has('swapoff') || this.zeroPages === false;
    return unless(arises && this.writes, 'no page is read-only but by protection');
  }

  /** A write can find a read-only page that is exclusive. */
  get reuses(): string | false {
    const bare = this.#o.uses.includes('rwp') && !this.#o.design.decisions.rwpSetsBit;
    const migrated = this.#o.environment.has('migration') && (this.resolves === false || bare);
    const resolved = this.#o.uses.includes('wp') && this.#o.asyncAtStart;
    const arises = migrated || resolved || this.#o.environment.has('swapoff');
    return unless(arises && this.writes, 'no exclusive page is read-only but by protection');
  }

  /** A write can find a read-only entry. */
  get writeFaults(): string | false {
    return this.readOnly && this.usesWp;
  }

  /** The mode can be sync, or async. */
  get sync(): string | false {
    return unless(!this.#o.asyncAtStart || this.#calls('set-mode'), 'always async');
  }

  get async(): string | false {
    return unless(this.#o.asyncAtStart || this.#calls('set-mode'), 'always sync');
  }

  /** WP resolves or reports, as the context was opened. */
  get alwaysSync(): string | false {
    return this.#o.asyncAtStart && 'write faults are resolved by the kernel';
  }

  get alwaysAsync(): string | false {
    return !this.#o.asyncAtStart && 'write faults are reported';
  }

  /** A write fault can end in a writable page. */
  get madeWritable(): string | false {
    const resolved = this.#o.uses.includes('wp') && this.#o.asyncAtStart && this.writes;
    return resolved ? false : this.readOnly;
  }

  get closes(): string | false {
    return unless(this.#calls('close'), 'nobody closes the descriptor');
  }

  /** A fault is reported that was decided under the page-table lock. */
  get reportsUnderPtl(): string | false {
    return (this.usesWp || this.alwaysSync) && this.reportsMissing;
  }

  /** mprotect can find a page that has the access already that it gives. */
  get alreadyRight(): string | false {
    const takenAway = this.#o.uses.includes('rwp') || this.#o.environment.has('numa');
    return this.mprotects || unless(takenAway, 'only mprotect itself takes access away, and it changes every page');
  }

  /** Somebody takes the write lock of the VMA. */
  get writesVma(): string | false {
    const drains = this.#calls('set-mode') && this.#o.design.decisions.setModeDrains;
    return unless(
      this.#o.environment.has('mprotect') || drains || this.#calls('unregister', 'close', 'register'),
      'nobody writes the VMA',
    );
  }

  /** A fault can be tried under the mmap lock. */
  get mmapFaults(): string | false {
    return this.reports && this.writesVma;
  }

  /** A walk can meet an entry that is not present. */
  get elsewhere(): string | false {
    return unless(
      this.canBeEmpty || this.#o.environment.has('reclaim') || this.#o.environment.has('migration'),
      'every entry is present',
    );
  }

  /** The manager unprotects. */
  get resolves(): string | false {
    const reads = this.#o.manager === 'fair' || this.#o.manager === 'script';
    const answers = reads && this.reports === false;
    return unless(answers || this.#calls('resolve'), 'nothing is unprotected');
  }

  /** Sleepers can be woken by the range of a call. */
  get wakes(): string | false {
    return this.reports && unless(this.#calls('wake', 'evict', 'fill'), 'nobody wakes');
  }

  /** A marker can outlive the protection that it belongs to. */
  get staleMarkers(): string | false {
    const marks = this.#o.uses.includes('wp') && this.#o.asyncAtStart && this.canBeEmpty;
    return unless(marks && this.#calls('register', 'unregister', 'close'), 'no marker outlives its protection');
  }

  /** A page that was chosen can go away before its lock is taken. */
  get leaves(): string | false {
    return unless(this.#calls('discard', 'evict'), 'nobody takes the page away meanwhile');
  }
}

type Excuse = (facts: Facts) => string | false;

/** Which rules need which occasion; the first pattern that fits decides. */
const table: readonly (readonly [RegExp, Excuse])[] = [
  [/^(bad_area_access_error|handle_mm_fault\/refuse-vma)/u, (f) => f.mprotects],
  [/^handle_mm_fault\/refuse-mmap/u, (f) => f.mprotects || f.mmapFaults],
  [/^lock_mm_and_find_vma\/retry/u, (f) => f.reports],
  [/^handle_mm_fault\/done-mmap/u, (f) => f.mmapFaults],
  [/^lock_mm_and_find_vma\/fall-back/u, (f) => f.writesVma],
  [/^do_swap_page\/then-write/u, (f) => f.reclaims || f.usesWp],
  [/^(handle_pte_fault\/swapped|do_swap_page\/)/u, (f) => f.reclaims],
  [/^(handle_pte_fault\/migrating|migration_entry_wait\/)/u, (f) => f.migrates],
  [/^do_uffd_rwp\/sync/u, (f) => f.usesRwp || f.sync],
  [/^do_uffd_rwp\//u, (f) => f.usesRwp || f.async],
  [/^handle_pte_fault\/rwp/u, (f) => f.usesRwp],
  [/^(handle_pte_fault\/numa|do_numa_page\/)/u, (f) => f.hints],
  [/^do_wp_page\/sync/u, (f) => f.usesWp || f.alwaysSync],
  [/^do_wp_page\/async/u, (f) => f.usesWp || f.alwaysAsync],
  [/^do_wp_page\/plain/u, (f) => f.readOnly],
  [/^do_wp_page\/flush/u, (f) => f.usesWp || f.madeWritable],
  [/^do_wp_page\/no-flush/u, (f) => f.madeWritable],
  [/^wp_page_reuse\//u, (f) => f.reuses],
  [/^(handle_pte_fault\/write|do_wp_page\/)/u, (f) => f.writeFaults],
  [/^wp_page_copy\//u, (f) => f.zeroPages],
  [/^pte_marker_clear\//u, (f) => f.staleMarkers],
  [/^do_anonymous_page\/report/u, (f) => f.reportsMissing],
  [/^do_anonymous_page\/fill/u, (f) => f.fills],
  [/^handle_userfault\/released/u, (f) => f.reports || f.closes],
  [/^handle_userfault\/unlock-ptl/u, (f) => f.reportsUnderPtl],
  [/^(handle_userfault|userfaultfd_must_wait|schedule)\//u, (f) => f.reports],
  [/^(tlb_finish_mmu\/nothing-to-flush|mm_protect\/unlock-and-wake)/u, (f) => f.resolves],
  [/^wake_userfault\//u, (f) => f.resolves && f.wakes],
  [/^mprotect_fixup\/keep/u, (f) => f.alreadyRight],
  [/\/edit$/u, (f) => f.elsewhere],
  [/^(move_pages_ptes\/refuse|manager\/move-failed)/u, (f) => f.movesNothing],
  [
    /^(zap_pte_range|mfill_atomic|mfill_atomic_install_pte)\/|^manager\/(evicted|fill|save|answer-missing)/u,
    (f) => f.savesAtAll,
  ],
];

/** Why a scenario gives a rule no occasion, or false where it does. */
export function excuses(options: WorldOptions): (rule: string) => string | false {
  const facts = new Facts(options);
  return (rule) => table.find(([pattern]) => pattern.test(rule))?.[1](facts) ?? false;
}
