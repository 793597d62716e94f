import { and, choose, emit, literal, not, oneOf, or, type Local, type Term } from '../../checker/language/index.ts';
import { populated, restored } from '../../spec/index.ts';
import { anchor, type Kernel } from '../kernel.ts';
import { fillable } from './fillable.ts';
import { fillFile, takenBack } from './fill-file.ts';
import { callOf, isFill, kindOfFill, moves, type Fill } from './fills.ts';
import type { Manager } from './manager.ts';

const does = anchor('mm/userfaultfd.c', 'mfill_atomic_install_pte');
const flag = oneOf('protect', 'no', 'yes');

/** The calls that fill a page. */
const calls = [
  { rule: 'manager/fill', kind: 'copy', quietly: false, says: 'COPY' },
  { rule: 'manager/fill-dontwake', kind: 'copy', quietly: true, says: 'COPY' },
  { rule: 'manager/zeropage', kind: 'zeropage', quietly: false, says: 'ZEROPAGE' },
  { rule: 'manager/zeropage-dontwake', kind: 'zeropage', quietly: true, says: 'ZEROPAGE' },
  { rule: 'manager/poison', kind: 'poison', quietly: false, says: 'POISON' },
  { rule: 'manager/poison-dontwake', kind: 'poison', quietly: true, says: 'POISON' },
  { rule: 'manager/continue', kind: 'continue', quietly: false, says: 'CONTINUE' },
  { rule: 'manager/continue-dontwake', kind: 'continue', quietly: true, says: 'CONTINUE' },
  { rule: 'manager/move', kind: 'move', quietly: false, says: 'MOVE' },
  { rule: 'manager/move-dontwake', kind: 'move', quietly: true, says: 'MOVE' },
  { rule: 'manager/move-zero', kind: 'move-zero', quietly: false, says: 'MOVE of the zero page' },
] as const;

/** UFFDIO_COPY of one page from the manager's store, ZEROPAGE and POISON, and the wake-up. */
export function fill(k: Kernel, m: Manager): void {
  const { process: p, cursor } = m;
  const off = !k.options.calls.has('fill') && 'nobody fills';
  const choices = { v: k.pages };
  const asked = k.options.manager === 'conformance';
  const fills = kindOfFill(k, m);
  for (const { rule, kind, quietly, says } of calls) {
    if (kind === 'continue' && !k.file) continue;
    if ((kind === 'move' || kind === 'move-zero') && k.file) continue;
    const offered = k.options.calls.has(callOf(kind));
    const plain = rule === 'manager/fill';
    p.step(
      rule,
      {
        says: `user space calls ${says}${quietly ? ', and to wake nobody' : ''}`,
        at: 'idle',
        to: 'fill-lock',
        voluntary: true,
        choices: { ...choices, protect: flag },
        off: off || (!asked && 'pages are filled as answers only') || (!plain && !offered && `nobody calls ${says}`),
      },
      ({ v, protect }) => ({
        when: kind === 'copy' || kind === 'continue' ? [] : [protect.is('no')],
        then: [
          m.first.becomes(v),
          m.last.becomes(v),
          cursor.becomes(v),
          m.arm.becomes(k.pick(protect.is('yes'), 'protect', 'resolve', m.arm)),
          m.result.becomes('-'),
          m.wakes.becomes(!quietly),
          ...(fills ? [fills.becomes(kind)] : []),
        ],
      }),
    );
  }
  refuse(k, m, off, asked, fills);
  if (k.file) fillFile(k, k.file, m, off, fills);
  install(k, m, off, fills);
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
      when: [m.wakes, ...(asked ? [m.result.is('0')] : [])],
      then: [m.arm.becomes('protect'), m.result.becomes(m.result)],
    }),
  );
  p.step(
    'manager/fill-fails',
    {
      says: 'a call that fails wakes nobody, nor one that was told so',
      at: 'fill-return',
      to: 'idle',
      off: off || (!asked && 'after EEXIST the handler wakes the sleepers itself'),
    },
    () => ({ when: [or(not(m.result.is('0')), not(m.wakes))] }),
  );
}

/** One page is mapped under the page-table lock, where the entry is still empty. */
function install(k: Kernel, m: Manager, off: string | false, fills: Local<Fill> | undefined): void {
  const { process: p, cursor } = m;
  const choices = { v: k.pages };
  const asked = k.options.manager === 'conformance';
  const replaces = ['none', 'marker', 'poison', ...(k.decisions.copyReplacesGuard ? ['guard'] : [])];
  const takesPlace = (v: Term<number>): Term<boolean> => k.entryIs(v, { form: replaces });
  const maps = k.file ? isFill(fills, 'copy', 'zeropage', 'continue') : isFill(fills, 'copy');
  const vacant = (v: Term<number>): Term<boolean> =>
    fills ? choose(maps, takesPlace(v), k.entryIs(v, { form: 'none' })) : takesPlace(v);
  const protect = asked ? choose(m.arm.is('protect'), literal(flag, 'yes'), 'no') : 'no';
  p.step(
    'mfill_atomic_install_pte/lock',
    {
      does,
      says: 'the page-table lock is taken',
      at: k.file ? 'fill-ptl' : 'fill-page',
      to: 'fill-check',
      choices,
      off,
    },
    ({ v }) => ({ when: [cursor.is(v), ...(asked ? [fillable(k, m, fills)] : [])], acquire: k.ptl(v) }),
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
      then: [m.result.becomes('EEXIST'), ...takenBack(k, v, fills)],
    }),
  );
  p.step(
    'mfill_atomic_install_pte/store',
    { does, says: 'the copy is mapped', at: 'fill-check', to: 'fill-unlock-page', choices, off },
    ({ v }) => ({
      when: [cursor.is(v), ...(fills ? [maps] : []), vacant(v)],
      requires: [k.ptl(v)],
      then: [
        k.pte(v).becomes(
          k.entry.next(k.pte(v), 'mfill_atomic_install_pte', {
            protect,
            prot: k.prot,
            page: k.file ? 'file' : 'anon',
          }),
        ),
        m.result.becomes('0'),
        ...k.dirties(v, cursor.is(v)),
      ],
      emits: [
        emit(populated, { page: v }, k.file && isFill(fills, 'copy', 'zeropage')),
        emit(restored, { page: v }, k.file && isFill(fills, 'copy')),
      ],
    }),
  );
  if (fills) installOther(k, m, off, fills);
  unlock(k, m, off, fills);
}

/** The page-table lock is given back; that of the folio is next where a page of a file was mapped. */
function unlock(k: Kernel, m: Manager, off: string | false, fills: Local<Fill> | undefined): void {
  const { process: p, cursor } = m;
  p.step(
    'mfill_atomic_install_pte/unlock',
    {
      does,
      says: 'the page-table lock is given back',
      at: 'fill-unlock-page',
      to: k.file ? 'fill-folio' : 'fill-unlock',
      choices: { v: k.pages },
      off,
    },
    ({ v }) => ({ when: [cursor.is(v), ...(k.file ? [not(isFill(fills, 'poison'))] : [])], release: k.ptl(v) }),
  );
}

/** The zero page, a marker of poison, or a page from elsewhere goes where the entry is empty. */
function installOther(k: Kernel, m: Manager, off: string | false, fills: Local<Fill>): void {
  const { process: p, cursor } = m;
  for (const [name, kind, says] of [
    ['mfill_atomic_pte_zeropage', 'zeropage', 'the zero page is mapped'],
    ['mfill_atomic_pte_poison', 'poison', 'the marker is stored'],
    ['move_present_ptes', 'move', 'the page is mapped'],
    ['move_zeropage_pte', 'move-zero', 'the zero page is mapped'],
  ] as const) {
    // The zero page of a file is a page of the file.
    if (kind === 'zeropage' && k.file) continue;
    p.step(
      `${name}/store`,
      {
        does: anchor('mm/userfaultfd.c', name),
        says,
        at: 'fill-check',
        to: 'fill-unlock-page',
        choices: { v: k.pages },
        off: off || (!k.options.calls.has(callOf(kind)) && `no ${kind}`),
      },
      ({ v }) => ({
        when: [cursor.is(v), fills.is(kind), k.entryIs(v, { form: 'none' })],
        requires: [k.ptl(v)],
        then: [k.pte(v).becomes(k.entry.next(k.pte(v), name, { prot: k.prot, mode: k.mode() })), m.result.becomes('0')],
        emits: [
          ...(kind === 'poison' ? [] : [emit(populated, { page: v })]),
          ...(kind === 'move' ? [emit(restored, { page: v })] : []),
        ],
      }),
    );
  }
}

/** A VMA that is not registered for what is asked refuses the page. */
function refuse(k: Kernel, m: Manager, off: string | false, asked: boolean, fills: Local<Fill> | undefined): void {
  const { process: p } = m;
  const refused = not(fillable(k, m, fills));
  const nobody = fills ? and(not(k.armedAtAll()), not(moves(fills))) : not(k.armedAtAll());
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
      then: [m.result.becomes(k.pick(nobody, 'ENOENT', 'EINVAL', m.result))],
    }),
  );
  p.step('mfill_atomic/vma-lock', { does, says: 'the VMA is locked', at: 'fill-lock', to: 'fill-page', off }, () => ({
    acquire: k.vma.read(),
  }));
}
