import { emit, literal, not, type Term } from '../../checker/language/index.ts';
import { emptied, endCalled, endReturned, saved, savedFrom, staged } from '../../spec/index.ts';
import { flushTlb } from '../flush.ts';
import { anchor, type Kernel } from '../kernel.ts';
import { endsBoth } from './discard.ts';
import type { Manager } from './manager.ts';

const move = anchor('mm/userfaultfd.c', 'move_pages_ptes');

/** Taking a cold page away: saved first, then discarded, or moved to a staging range and saved there. */
export function evict(k: Kernel, m: Manager): void {
  const { process: p, cursor } = m;
  const { eviction = 'move', manager } = k.options;
  const off = !k.options.calls.has('evict') && 'nobody evicts';
  const moves = off || (eviction !== 'move' && 'the eviction does not move');
  const copies = off || (eviction === 'move' && 'the eviction moves');
  const naive = copies || (eviction !== 'naive' && 'the manager reads through another mapping');
  const choices = { v: k.pages };
  p.step(
    'manager/evict',
    {
      says: `user space evicts a page that the scan found untouched`,
      at: 'idle',
      to: eviction === 'move' ? 'move-lock' : 'save',
      voluntary: true,
      choices,
      off,
    },
    ({ v }) => ({
      when: [...(manager === 'script' ? [m.cold(v)] : []), ...k.scripted(m.phase, 'evict')],
      then: [
        m.first.becomes(v),
        m.last.becomes(v),
        cursor.becomes(v),
        m.result.becomes('-'),
        ...(manager === 'script' ? [m.phase.becomes('back'), m.cold(v).becomes(false)] : []),
      ],
    }),
  );
  p.step(
    'manager/evict-nothing',
    {
      says: 'no page is cold: nothing is evicted',
      at: 'idle',
      to: 'idle',
      voluntary: true,
      off: off || (manager !== 'script' && 'the manager evicts what it likes'),
    },
    () => ({
      when: [m.phase.is('evict'), ...k.pages.values.map((v) => not(m.cold(k.pageTerm(v))))],
      then: [m.phase.becomes('back')],
    }),
  );
  const readable = (v: Term<number>): Term<boolean> => k.entry.is(k.view(v), { form: 'present', access: 'vma' });
  p.step(
    'manager/save',
    { says: 'the page is copied to the manager’s store', at: 'save', to: 'discard-lock', choices, off: copies },
    ({ v }) => ({
      when: [cursor.is(v), eviction === 'alias' || readable(v)],
      then: [m.wakes.becomes(true)],
      emits: [emit(saved, { page: v, from: literal(savedFrom, 'mapped') }), ...endsBoth(endCalled, v)],
    }),
  );
  p.step(
    'manager/blocks-on-itself',
    {
      says: 'the manager reads the page through its own protection, and sleeps in the fault',
      at: 'save',
      to: 'stuck',
      choices,
      off: naive,
    },
    ({ v }) => ({
      when: [cursor.is(v), not(readable(v))],
    }),
  );
  movePage(k, m, moves);
}

/** UFFDIO_MOVE of one page to the staging range, and the copy of it there. */
function movePage(k: Kernel, m: Manager, off: string | false): void {
  const { process: p, cursor } = m;
  const choices = { v: k.pages };
  const conforms = k.options.manager === 'conformance';
  const canChange = k.options.environment.has('mprotect') && conforms;
  p.step(
    'move_pages/vma-lock',
    { does: move, says: 'the VMA is locked', at: 'move-lock', to: 'move-folio', off },
    () => ({ acquire: k.vma.read() }),
  );
  p.step(
    'validate_move_areas/refuse',
    {
      does: anchor('mm/userfaultfd.c', 'validate_move_areas'),
      says: 'the two VMAs do not have the same permissions, or cannot be written',
      at: 'move-folio',
      to: 'move-unlock',
      off: off || (!canChange && 'the permissions stay the same'),
    },
    () => ({ when: [k.prot.isNot('rw')], then: [m.result.becomes('EINVAL')] }),
  );
  p.step(
    'move_pages_ptes/folio-lock',
    { does: move, says: 'the folio is locked', at: 'move-folio', to: 'move-page', choices, off },
    ({ v }) => ({ when: [cursor.is(v), ...(canChange ? [k.prot.is('rw')] : [])], acquire: k.folio(v) }),
  );
  moveEntry(k, m, off);
  p.step(
    'move_pages_ptes/folio-unlock',
    { does: move, says: 'the folio is unlocked', at: 'move-unlock-folio', to: 'move-unlock', choices, off },
    ({ v }) => ({ when: [cursor.is(v)], release: k.folio(v) }),
  );
  p.step(
    'move_pages/vma-unlock',
    { does: move, says: 'the VMA is unlocked', at: 'move-unlock', to: 'move-save', off },
    () => ({ release: k.vma.read() }),
  );
  const wakes = k.options.manager !== 'conformance';
  p.step(
    'manager/save-staged',
    {
      says: `the staged page is copied and dropped${wakes ? '; those that wait for the page are woken next' : ''}`,
      at: 'move-save',
      to: wakes ? 'wake' : 'idle',
      choices,
      off,
    },
    ({ v }) => ({
      when: [cursor.is(v), m.result.is('0')],
      then: [m.arm.becomes('protect')],
      emits: [emit(saved, { page: v, from: literal(savedFrom, 'staged') }), ...endsBoth(endReturned, v)],
    }),
  );
  p.step('manager/move-failed', { says: 'nothing was moved', at: 'move-save', to: 'idle', off }, () => ({
    when: [not(m.result.is('0'))],
  }));
}

/** Only a page of our own is moved. */
function refuseShared(k: Kernel, m: Manager, off: string | false): void {
  const { process: p, cursor } = m;
  const choices = { v: k.pages };
  p.step(
    'move_pages_ptes/busy',
    {
      does: move,
      says: 'the page may be shared: only a page of our own is moved',
      at: 'move-check',
      to: 'move-unlock-page',
      choices,
      off: off || (!k.options.environment.has('fork') && 'no page is shared'),
    },
    ({ v }) => ({
      when: [cursor.is(v), k.shared(v)],
      requires: [k.ptl(v), k.folio(v)],
      then: [m.result.becomes('EBUSY')],
    }),
  );
}

/** The page leaves its entry, under the locks of both page tables. */
function moveEntry(k: Kernel, m: Manager, off: string | false): void {
  const { process: p, cursor } = m;
  const choices = { v: k.pages };
  const movable = (v: Term<number>): Term<boolean> => k.entryIs(v, { form: ['present', 'swap'] });
  p.step(
    'move_pages_ptes/lock',
    { does: move, says: 'the page-table locks are taken', at: 'move-page', to: 'move-check', choices, off },
    ({ v }) => ({ when: [cursor.is(v)], acquire: k.ptl(v) }),
  );
  p.step(
    'move_pages_ptes/refuse',
    { does: move, says: 'there is nothing to move', at: 'move-check', to: 'move-unlock-page', choices, off },
    ({ v }) => ({
      when: [cursor.is(v), not(movable(v))],
      requires: [k.ptl(v), k.folio(v)],
      then: [
        m.result.becomes(k.pick(k.entryIs(v, { form: ['marker', 'poison', 'guard'] }), 'EFAULT', 'ENOENT', m.result)),
      ],
    }),
  );
  refuseShared(k, m, off);
  const flushes = k.decisions.moveFlushes;
  p.step(
    'move_pages_ptes/store',
    {
      does: move,
      says: 'the page leaves its entry; its content is at the staging address now',
      at: 'move-check',
      to: flushes ? 'move-flush' : 'move-unlock-page',
      choices,
      off,
    },
    ({ v }) => ({
      when: [cursor.is(v), movable(v), not(k.shared(v))],
      requires: [k.ptl(v), k.folio(v)],
      then: [k.pte(v).becomes(k.entry.next(k.pte(v), 'move_pages_ptes')), m.result.becomes('0')],
      emits: [emit(staged, { page: v }), emit(emptied, { page: v }), ...endsBoth(endCalled, v)],
    }),
  );
  if (!off && flushes) {
    flushTlb(k, p, {
      rule: 'move_pages_ptes',
      does: move,
      at: 'move-flush',
      to: 'move-unlock-page',
      cursor: m.flushed,
      covers: m.inRange,
    });
  }
  p.step(
    'move_pages_ptes/unlock',
    {
      does: move,
      says: 'the page-table locks are given back',
      at: 'move-unlock-page',
      to: 'move-unlock-folio',
      choices,
      off,
    },
    ({ v }) => ({ when: [cursor.is(v)], release: k.ptl(v) }),
  );
}
