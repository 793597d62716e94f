import { and, not, range } from '../../checker/language/index.ts';
import { flushTlb } from '../flush.ts';
import { anchor, type Kernel } from '../kernel.ts';
import { walkRange } from '../walk.ts';

const points = ['idle', 'check', 'page', 'entry', 'cleared', 'stored', 'flush', 'unlock'] as const;

/** The NUMA scan: it takes the access of entries, so that the next access tells where it came from. */
export function numa(k: Kernel): void {
  const p = k.protocol.process('numa', points);
  const cursor = p.local('cursor', k.pages, 0);
  const flushed = p.local('flushed', range(0, k.cpus.values.length), 0);
  const does = anchor('mm/mempolicy.c', 'change_prot_numa');
  const work = anchor('kernel/sched/fair.c', 'task_numa_work');
  const skips = k.decisions.numaScanSkipsRwp;
  const skipped = and(skips, k.protects('rwp'));
  const stays =
    !k.options.calls.has('unregister') &&
    !k.options.calls.has('close') &&
    k.options.registered.protections.includes('rwp');
  const never = skips && stays && 'the VMA is an RWP one throughout, and the scan passes it over';
  p.step(
    'task_numa_work/lock',
    { does: work, says: 'the mmap lock is taken for reading', at: 'idle', to: 'check', voluntary: true },
    () => ({ acquire: k.mmap.read(), then: [cursor.becomes(0)] }),
  );
  p.step(
    'task_numa_work/skip',
    {
      does: work,
      says: 'the VMA is passed over',
      at: 'check',
      to: 'unlock',
      off: !skips && 'the design scans RWP VMAs too',
    },
    () => ({ when: [skipped] }),
  );
  p.step(
    'change_prot_numa/begin',
    { does, says: 'a flush is owed from here on', at: 'check', to: 'page', off: never },
    () => ({
      when: [not(skipped)],
      then: [k.flushPending.becomes(k.more(k.flushPending, 1))],
    }),
  );
  walkRange(k, p, {
    rule: 'change_prot_numa',
    does,
    points: { lock: 'page', entry: 'entry', cleared: 'cleared', stored: 'stored' },
    to: 'flush',
    cursor,
    last: k.pageTerm(k.pages.values.length - 1),
    next: (v) => k.entry.next(k.pte(v), 'change_prot_numa'),
    off: never,
  });
  if (!never) {
    flushTlb(k, p, {
      rule: 'change_prot_numa',
      does,
      at: 'flush',
      to: 'unlock',
      cursor: flushed,
      covers: (v) => v.is(v),
      last: [k.flushPending.becomes(k.more(k.flushPending, -1))],
    });
  }
  p.step(
    'task_numa_work/unlock',
    { does: work, says: 'the mmap lock is given back', at: 'unlock', to: 'idle' },
    () => ({ release: k.mmap.read() }),
  );
}
