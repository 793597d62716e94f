import { and, choose, emit, literal, not, oneOf, or, type Term } from '../../checker/language/index.ts';
import { populated, restored } from '../../spec/index.ts';
import { anchor, type Kernel } from '../kernel.ts';
import type { Manager } from './manager.ts';

const does = anchor('mm/userfaultfd.c', 'mfill_atomic_install_pte');
const flag = oneOf('protect', 'no', 'yes');

/** UFFDIO_COPY of one page from the manager's store, and the wake-up. */
export function fill(k: Kernel, m: Manager): void {
  const { process: p, cursor } = m;
  const off = !k.options.calls.has('fill') && 'nobody fills';
  const choices = { v: k.pages };
  const asked = k.options.manager === 'conformance';
  p.step(
    'manager/fill',
    {
      says: 'user space calls COPY',
      at: 'idle',
      to: 'fill-lock',
      voluntary: true,
      choices: { ...choices, protect: flag },
      off: off || (!asked && 'pages are filled as answers only'),
    },
    ({ v, protect }) => ({
      then: [
        m.first.becomes(v),
        m.last.becomes(v),
        cursor.becomes(v),
        m.arm.becomes(k.pick(protect.is('yes'), 'protect', 'resolve', m.arm)),
        m.result.becomes('-'),
        m.wakes.becomes(true),
      ],
    }),
  );
  refuse(k, m, off, asked);
  install(k, m, off);
  p.step(
    'mfill_atomic/vma-unlock',
    { does, says: 'the VMA is unlocked', at: 'fill-unlock', to: 'fill-return', off },
    () => ({ release: k.vma.read() }),
  );
  p.step(
    'manager/fill-wakes',
    {
      says: 'those that wait for the page are next; after EEXIST the handler wakes them itself',
      at: 'fill-return',
      to: 'wake',
      off,
    },
    () => ({
      when: [asked ? m.result.is('0') : and(m.wakes)],
      then: [m.arm.becomes('protect'), m.result.becomes(m.result)],
    }),
  );
  p.step(
    'manager/fill-fails',
    {
      says: 'a call that fails wakes nobody',
      at: 'fill-return',
      to: 'idle',
      off: off || (!asked && 'after EEXIST the handler wakes the sleepers itself'),
    },
    () => ({ when: [not(m.result.is('0'))] }),
  );
}

/** True when nobody is registered for the VMA. */
function unregistered(k: Kernel): Term<boolean> {
  return k.registration.is(k.registered, { protection: 'none', missing: 'no' });
}

/** True when the VMA takes the page that is offered: it is registered, and for WP if it is to be write-protected. */
function fillable(k: Kernel, m: Manager): Term<boolean> {
  return and(not(unregistered(k)), or(not(m.arm.is('protect')), k.protects('wp')));
}

/** One page is mapped under the page-table lock, where the entry is still empty. */
function install(k: Kernel, m: Manager, off: string | false): void {
  const { process: p, cursor } = m;
  const choices = { v: k.pages };
  const asked = k.options.manager === 'conformance';
  const vacant = (v: Term<number>): Term<boolean> => k.entryIs(v, { form: ['none', 'marker'] });
  const protect = asked ? choose(m.arm.is('protect'), literal(flag, 'yes'), 'no') : 'no';
  p.step(
    'mfill_atomic_install_pte/lock',
    { does, says: 'the page-table lock is taken', at: 'fill-page', to: 'fill-check', choices, off },
    ({ v }) => ({ when: [cursor.is(v), ...(asked ? [fillable(k, m)] : [])], acquire: k.ptl(v) }),
  );
  p.step(
    'mfill_atomic_install_pte/occupied',
    {
      does,
      says: 'the entry is not empty: EEXIST',
      at: 'fill-check',
      to: 'fill-unlock-page',
      choices,
      off,
    },
    ({ v }) => ({
      when: [cursor.is(v), not(vacant(v))],
      requires: [k.ptl(v)],
      then: [m.result.becomes('EEXIST')],
    }),
  );
  p.step(
    'mfill_atomic_install_pte/store',
    { does, says: 'the copy is mapped', at: 'fill-check', to: 'fill-unlock-page', choices, off },
    ({ v }) => ({
      when: [cursor.is(v), vacant(v)],
      requires: [k.ptl(v)],
      then: [
        k.pte(v).becomes(k.entry.next(k.pte(v), 'mfill_atomic_install_pte', { protect, prot: k.prot })),
        m.result.becomes('0'),
      ],
      emits: [emit(populated, { page: v }), emit(restored, { page: v })],
    }),
  );
  p.step(
    'mfill_atomic_install_pte/unlock',
    {
      does,
      says: 'the page-table lock is given back',
      at: 'fill-unlock-page',
      to: 'fill-unlock',
      choices,
      off,
    },
    ({ v }) => ({ when: [cursor.is(v)], release: k.ptl(v) }),
  );
}

/** A VMA that is not registered for what is asked refuses the page. */
function refuse(k: Kernel, m: Manager, off: string | false, asked: boolean): void {
  const { process: p } = m;
  const refused = not(fillable(k, m));
  p.step(
    'mfill_atomic/refuse',
    {
      does: anchor('mm/userfaultfd.c', 'mfill_atomic'),
      says: 'nobody is registered here, or not for what is asked',
      at: 'fill-page',
      to: 'fill-unlock',
      off: off || (!asked && 'the VMA stays registered while pages are filled'),
    },
    () => ({
      when: [refused],
      then: [m.result.becomes(k.pick(unregistered(k), 'ENOENT', 'EINVAL', m.result))],
    }),
  );
  p.step('mfill_atomic/vma-lock', { does, says: 'the VMA is locked', at: 'fill-lock', to: 'fill-page', off }, () => ({
    acquire: k.vma.read(),
  }));
}
