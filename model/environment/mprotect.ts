import {
  choose,
  literal,
  oneOf,
  range,
  type Domain,
  type Local,
  type ProcessBuilder,
  type Term,
} from '../../checker/language/index.ts';
import { flushTlb } from '../flush.ts';
import { anchor, protDomain, type Kernel } from '../kernel.ts';
import { walkRange } from '../walk.ts';

type Prot = (typeof protDomain.values)[number];

const points = [
  'idle',
  'lock',
  'drain',
  'flags',
  'page',
  'entry',
  'cleared',
  'stored',
  'flush',
  'undrain',
  'unlock',
] as const;
type Mprotect = ProcessBuilder<(typeof points)[number]>;

/** The permissions that are asked for: taking only writing away is for sequences. */
function asked(k: Kernel): Domain<Prot> {
  return k.options.manager === 'conformance' ? protDomain : oneOf('prot', 'rw', 'none');
}

/** The call itself. */
function begin(k: Kernel, p: Mprotect, to: Local<Prot>, cursor: Local<number>): void {
  const choice = asked(k);
  const wanted = (prot: Term<Prot>): Term<Prot> =>
    choice.values.reduce<Term<Prot>>((rest, one) => choose(prot.is(one), literal(protDomain, one), rest), to);
  p.step(
    'do_mprotect_pkey/call',
    { says: 'a thread calls mprotect', at: 'idle', to: 'lock', voluntary: true, choices: { prot: choice } },
    ({ prot }) => ({
      when: [k.prot.isNot(wanted(prot))],
      then: [to.becomes(wanted(prot)), cursor.becomes(0)],
    }),
  );
}

/** mprotect of the whole range, to nobody's or back: under both write locks, so that no fault runs beside it. */
export function mprotect(k: Kernel): void {
  const p = k.protocol.process('mprotect', points);
  const cursor = p.local('cursor', k.pages, 0);
  const to = p.local('prot', protDomain, 'rw');
  const flushed = p.local('flushed', range(0, k.cpus.values.length), 0);
  const does = anchor('mm/mprotect.c', 'mprotect_fixup');
  begin(k, p, to, cursor);
  p.step(
    'do_mprotect_pkey/lock',
    {
      does: anchor('mm/mprotect.c', 'do_mprotect_pkey'),
      says: 'the mmap lock is taken for writing',
      at: 'lock',
      to: 'drain',
    },
    () => ({ acquire: k.mmap.write() }),
  );
  p.step(
    'vma_start_write/mprotect',
    {
      does: anchor('include/linux/mmap_lock.h', 'vma_start_write'),
      says: 'the faults that hold the VMA are waited for',
      at: 'drain',
      to: 'flags',
    },
    () => ({ acquire: k.vma.write() }),
  );
  p.step('mprotect_fixup/flags', { does, says: 'the VMA has its new permissions', at: 'flags', to: 'page' }, () => ({
    then: [k.prot.becomes(to)],
  }));
  walkRange(k, p, {
    rule: 'mprotect_fixup',
    does,
    points: { lock: 'page', entry: 'entry', cleared: 'cleared', stored: 'stored' },
    to: 'flush',
    cursor,
    last: k.pageTerm(k.pages.values.length - 1),
    next: (v) => k.entry.next(k.pte(v), 'mprotect_fixup', { ...k.vmaFacts(), prot: to }),
  });
  flushTlb(k, p, { rule: 'mprotect_fixup', does, at: 'flush', to: 'undrain', cursor: flushed, covers: (v) => v.is(v) });
  p.step(
    'vma_end_write_all/mprotect',
    {
      does: anchor('include/linux/mmap_lock.h', 'vma_end_write_all'),
      says: 'the VMA can be read again',
      at: 'undrain',
      to: 'unlock',
    },
    () => ({ release: k.vma.write() }),
  );
  p.step(
    'do_mprotect_pkey/unlock',
    {
      does: anchor('mm/mprotect.c', 'do_mprotect_pkey'),
      says: 'the mmap lock is given back, and the call returns',
      at: 'unlock',
      to: 'idle',
    },
    () => ({ release: k.mmap.write() }),
  );
}
