import {
  and,
  bool,
  choose,
  literal,
  lookup,
  not,
  oneOf,
  or,
  ProtocolBuilder,
  Queue,
  range,
  type Anchor,
  type Assignment,
  type Cell,
  type Domain,
  Term,
  type LockHandle,
} from '../checker/language/index.ts';
import {
  entryOf,
  hide,
  MachineTerms,
  machines as plainMachines,
  tabulate,
  type Backing,
  type Condition,
  type Decisions,
  type Protection,
  reasonDomain,
  type Reason,
  type World,
} from '../spec/index.ts';
import { excuses } from './excuses.ts';
import { declareFile, type FileState } from './file.ts';
import type { WorldOptions } from './options.ts';

type Paged<T extends string | number | boolean> = (page: Term<number>) => Cell<T>;

/** What a translation in a processor's TLB allows; a clean one must walk again before a write. */
export const tlbDomain = oneOf('tlb', 'none', 'R', 'W-clean', 'W-dirty');
/** The permissions of the VMA. */
export const protDomain = oneOf('prot', 'rw', 'r', 'none');
/** What the VMA is registered for, as the payload of kernel functions has it. */
export const modeDomain = oneOf('mode', 'none', 'wp', 'rwp', 'both');

const writableDomain = oneOf('writable', 'no', 'yes');

/** Where a kernel function is to be found. */
export function anchor(path: string, name: string): Anchor {
  return { path, name };
}

/** The state that all actors share: entries, translations, locks, the registration and the queues. */
export class Kernel {
  readonly options: WorldOptions;
  readonly decisions: Decisions;
  /** What the VMA maps. */
  readonly backing: Backing;
  /** What the file of the VMA keeps; none for anonymous memory. */
  readonly file: FileState | undefined;
  readonly protocol: ProtocolBuilder;
  readonly pages: Domain<number>;
  readonly cpus: Domain<number>;
  /** The three machines as terms. */
  readonly entry: MachineTerms;
  readonly registration: MachineTerms;
  readonly waiters: MachineTerms;
  readonly pte: Paged<string>;
  /** True while a walk has emptied the entry and not stored the new one: only lockless readers and hardware see it. */
  readonly cleared: Paged<boolean>;
  /** What a processor remembers of a page's translation. */
  readonly tlb: (cpu: Term<number>, page: Term<number>) => Cell<'none' | 'R' | 'W-clean' | 'W-dirty'>;
  readonly ptl: LockHandle;
  readonly folio: LockHandle;
  readonly mmap: { readonly read: LockHandle; readonly write: LockHandle };
  readonly vma: { readonly read: LockHandle; readonly write: LockHandle };
  readonly prot: Cell<'rw' | 'r' | 'none'>;
  readonly registered: Cell<string>;
  readonly async: Cell<boolean>;
  readonly released: Cell<boolean>;
  /** Walks that owe a flush. */
  readonly flushPending: Cell<number>;
  /** The thread of a processor, as the queues and the scheduler see it. */
  readonly waiter: (cpu: Term<number>) => Cell<string>;
  /** What the message of a processor's fault says. */
  readonly messageReason: (cpu: Term<number>) => Cell<Reason>;
  /** Which page it is about. */
  readonly messagePage: (cpu: Term<number>) => Cell<number>;
  readonly pending: Queue;

  constructor(options: WorldOptions) {
    this.options = options;
    this.decisions = options.design.decisions;
    const { machines = plainMachines, backing = 'anon' } = options;
    this.backing = backing;
    const p = new ProtocolBuilder(options.name, options.changes, excuses(options));
    this.protocol = p;
    this.pages = range(0, options.pages - 1);
    this.cpus = range(0, options.cpus.length - 1);
    this.file = declareFile(p, this.backing, this.pages);
    this.entry = new MachineTerms(tabulate(hide(entryOf(machines.entry, this.backing), 'young'), this.decisions));
    this.registration = new MachineTerms(tabulate(machines.registration, this.decisions));
    this.waiters = new MachineTerms(tabulate(machines.waiter, this.decisions));
    const start = options.populatedAtStart ? 'present anon write exclusive dirty' : 'none';
    this.pte = p.array('pte', this.entry.tabulated.domain, start, [this.pages], 'machine');
    this.cleared = p.array('cleared', bool, false, [this.pages]);
    this.tlb = p.array('tlb', tlbDomain, 'none', [this.cpus, this.pages]);
    this.ptl = p.lock('ptl', this.pages);
    this.folio = p.lock('folio', this.pages);
    this.mmap = p.sharedLock('mmap_lock');
    this.vma = p.sharedLock('vma_lock');
    this.prot = p.scalar('vma.prot', protDomain, 'rw');
    this.registered = p.scalar('vma.uffd', this.registration.tabulated.domain, this.#registeredAtStart(), 'machine');
    this.async = p.scalar('ctx.async', bool, options.asyncAtStart);
    this.released = p.scalar('ctx.released', bool, false);
    this.flushPending = p.scalar('mm.flush_pending', range(0, 2), 0);
    this.waiter = p.array('waiter', this.waiters.tabulated.domain, 'running', [this.cpus], 'machine');
    this.messageReason = p.array('message.reason', reasonDomain, 'missing', [this.cpus]);
    this.messagePage = p.array('message.page', this.pages, 0, [this.cpus]);
    this.pending = new Queue(p, 'pending', this.cpus);
  }

  #registeredAtStart(): string {
    const { missing, protections } = this.options.registered;
    const protection = protections.length === 2 ? 'both' : (protections[0] ?? 'none');
    return protection + (missing ? ' missing' : '');
  }

  /** One processor, as a term. */
  cpuTerm(cpu: number): Term<number> {
    return literal(this.cpus, cpu);
  }

  /** One page, as a term. */
  pageTerm(page: number): Term<number> {
    return literal(this.pages, page);
  }

  /** `value` where `when` holds, else what `cell` has. */
  orElse<T extends string | number | boolean>(when: Term<boolean>, value: T, cell: Cell<T>): Term<T> {
    return choose(when, literal(cell.domain, value), cell);
  }

  /** The cell's value plus or minus one; leaving its domain is an internal error. */
  more(cell: Cell<number>, by: 1 | -1): Term<number> {
    return new Term({ kind: 'plus', of: cell.expression, by, limit: cell.domain.values.length }, cell.domain);
  }

  /** One of two values of a cell's domain. */
  pick<T extends string>(when: Term<boolean>, then: T, otherwise: T, of: Cell<T>): Term<T> {
    return choose(when, literal(of.domain, then), otherwise);
  }

  /** What keeps a call to its place in the script, if the manager follows one. */
  scripted<P extends string>(phase: Cell<P>, at: P | undefined): Term<boolean>[] {
    return at === undefined || this.options.manager !== 'script' ? [] : [phase.is(at)];
  }

  /** True when the context resolves faults of a protection by itself. */
  resolvesAlone(protection: Protection): Term<boolean> {
    return protection === 'rwp' ? this.async : literal(bool, this.options.asyncAtStart);
  }

  /** True for a mapped page that fork has shared; false where nothing forks. */
  #sharedHere(page: Term<number>): Term<boolean> {
    if (!this.options.environment.has('fork')) return literal(bool, false);
    return this.entryIs(page, { form: 'present', maps: 'anon', exclusive: 'no' });
  }

  /** True for a page that fork has shared, mapped or in swap: nobody may take it for its own without a look. */
  shared(page: Term<number>): Term<boolean> {
    if (!this.options.environment.has('fork')) return literal(bool, false);
    return or(this.#sharedHere(page), this.entryIs(page, { form: 'swap', swap: 'shared' }));
  }

  /** True when the entry is what the fault path has seen. */
  same(page: Term<number>, seen: Term<string>): Term<boolean> {
    return this.pte(page).is(seen);
  }

  /** The entry as a lockless reader or the hardware sees it. */
  view(page: Term<number>): Term<string> {
    return choose(this.cleared(page), literal(this.entry.tabulated.domain, 'none'), this.pte(page));
  }

  /** True when the entry satisfies the condition; for those who hold the page-table lock, and for properties. */
  entryIs(page: Term<number>, condition: Condition): Term<boolean> {
    return this.entry.is(this.pte(page), condition);
  }

  /** What the VMA is registered for, as the payload `mode` of kernel functions. */
  mode(): Term<'none' | 'wp' | 'rwp' | 'both'> {
    const { configurations, domain } = this.registration.tabulated;
    const codes = configurations.map((c) => modeDomain.values.indexOf(c['protection'] as 'none'));
    const table = { name: 'mode', args: [domain], result: modeDomain, codes: Int16Array.from(codes) };
    return lookup(table, this.registered);
  }

  /** True when the VMA is registered for a protection, alone or with the other. */
  protects(protection: Protection): Term<boolean> {
    return this.registration.is(this.registered, { protection: [protection, 'both'] });
  }

  /** What kernel functions ask of the VMA. */
  vmaFacts(): Readonly<Record<'mode' | 'prot' | 'writable' | 'file', string | Term<string>>> {
    const shared = this.backing === 'shmem' || this.backing === 'hugetlb';
    return {
      mode: this.mode(),
      prot: this.prot,
      writable: shared
        ? choose(and(this.prot.is('rw'), not(this.protects('wp'))), literal(writableDomain, 'yes'), 'no')
        : 'no',
      file: this.file ? 'yes' : 'no',
    };
  }

  /** The entry after a protecting scan. */
  scanned(page: Term<number>): Term<string> {
    const make = this.backing === 'hugetlb' ? 'make_uffd_wp_huge_pte' : 'make_uffd_wp_pte';
    return this.entry.next(this.pte(page), make);
  }

  /** The entry emptied by an unmapping; `copies`: whether pages that are no longer the file's go too. */
  unmapped(page: Term<number>, copies: 'no' | 'yes'): Term<string> {
    if (this.backing === 'hugetlb') return this.entry.next(this.pte(page), 'unmap_hugepage_range', this.vmaFacts());
    return this.entry.next(this.pte(page), 'zap_pte_range', { ...this.vmaFacts(), copies });
  }

  /** True when the VMA is registered for anything. */
  armedAtAll(): Term<boolean> {
    const plain = not(this.registration.is(this.registered, { protection: 'none', missing: 'no' }));
    return this.file ? or(plain, this.file.minor) : plain;
  }

  /** True when a write to a read-only entry makes the page writable where it is. */
  reusable(page: Term<number>): Term<boolean> {
    const own = or(this.entryIs(page, { exclusive: 'exclusive' }), this.#sharedHere(page));
    return this.backing === 'shmem' ? or(own, this.entryIs(page, { maps: 'file' })) : own;
  }

  /** The stores that go with a write to the page: the file keeps content from now on. */
  dirties(page: Term<number>, when: Term<boolean>): Assignment[] {
    const { file } = this;
    return file ? [file.cache(page).becomes(this.orElse(when, 'dirty', file.cache(page)))] : [];
  }

  /** True for an entry that maps a page which can be taken away from it and brought back. */
  mapsPage(page: Term<number>): Term<boolean> {
    const own = or(this.entryIs(page, { form: 'present', exclusive: 'exclusive' }), this.#sharedHere(page));
    return this.file ? or(own, this.entryIs(page, { form: 'present', maps: 'file' })) : own;
  }

  /** True when the VMA is registered for faults on empty entries. */
  missing(): Term<boolean> {
    return this.registration.is(this.registered, { missing: 'missing' });
  }

  /** True when an entry, seen in an accessible RWP VMA, makes a fault an RWP fault. */
  trapsRwp(entry: Term<string>): Term<boolean> {
    const bit = this.decisions.rwpFaultAsks === 'no-access-and-bit' ? { uffd: 'uffd' } : {};
    return and(this.protects('rwp'), this.entry.is(entry, { form: 'present', access: 'no-access', ...bit }));
  }

  /** True when PAGEMAP_SCAN counts the page as touched, or written, since it was protected. */
  touched(entry: Term<string>, protection: Protection): Term<boolean> {
    if (this.backing === 'hugetlb' && protection === 'wp')
      return not(or(this.entry.is(entry, { uffd: 'uffd' }), this.entry.is(entry, { form: 'none' })));
    if (protection === 'wp' || this.decisions.rwpSetsBit) return not(this.entry.is(entry, { uffd: 'uffd' }));
    return not(this.entry.is(entry, { form: 'present', access: 'no-access' }));
  }

  /** True when the thread of a processor sleeps in a fault. */
  asleep(cpu: Term<number>): Term<boolean> {
    return this.waiters.is(this.waiter(cpu), { task: 'asleep' });
  }

  /** What properties may look at. */
  world(): Omit<World, 'managerStuck'> {
    return {
      cpus: this.cpus,
      pages: this.pages,
      entryIs: (page, condition) => this.entryIs(page, condition),
      protects: (protection) => this.protects(protection),
      traps: (page) => this.trapsRwp(this.pte(page)),
      accessible: this.prot.isNot('none'),
      populatedAtStart: this.options.populatedAtStart,
      asyncAtStart: this.options.asyncAtStart,
      hintsPossible: this.options.environment.has('numa'),
      answers: this.options.manager === 'fair' || this.options.manager === 'script',
      evicts: this.options.calls.has('evict'),
      asleepOn: (cpu, page) => and(this.asleep(cpu), this.messagePage(cpu).is(page)),
      asleep: (cpu) => this.asleep(cpu),
    };
  }
}
