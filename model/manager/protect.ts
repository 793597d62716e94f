import { and, before, choose, emit, literal, not, or, type Term } from '../../checker/language/index.ts';
import { armCalled, armReturned, endCalled, endReturned, type Protection } from '../../spec/index.ts';
import { flushTlb } from '../flush.ts';
import { anchor, type Kernel } from '../kernel.ts';
import { walkRange } from '../walk.ts';
import type { Manager } from './manager.ts';
import { wakeSleepers } from './wake.ts';

const ioctls = {
  wp: anchor('mm/userfaultfd.c', 'mwriteprotect_range'),
  rwp: anchor('mm/userfaultfd.c', 'mrwprotect_range'),
} as const;

/** UFFDIO_WRITEPROTECT and UFFDIO_RWPROTECT: page by page under the lock, one flush, then the wake-up. */
export function protect(k: Kernel, m: Manager): void {
  const { process: p, arm, protection } = m;
  const { uses, calls } = k.options;
  const does = ioctls[uses.includes('rwp') ? 'rwp' : 'wp'];
  for (const which of uses) call(k, m, which);
  const refusals =
    !calls.has('unregister') && !calls.has('close') && !calls.has('register') && 'the VMA stays registered';
  const registeredFor = (): Term<boolean> => choose(protection.is('rwp'), k.protects('rwp'), k.protects('wp'));
  p.step(
    'mm_protect/lock',
    { does, says: 'the mmap lock is taken for reading', at: 'range-lock', to: 'range-check' },
    () => ({ acquire: k.mmap.read() }),
  );
  p.step(
    'mm_protect/refuse',
    { does, says: 'the VMA is not registered for this: ENOENT', at: 'range-check', to: 'range-unlock', off: refusals },
    () => ({
      when: [not(registeredFor())],
      then: [m.result.becomes('ENOENT'), m.wakes.becomes(false)],
    }),
  );
  p.step(
    'tlb_gather_mmu/begin',
    {
      does: anchor('mm/mmu_gather.c', 'tlb_gather_mmu'),
      says: 'a flush is owed from here on',
      at: 'range-check',
      to: 'range-page',
    },
    () => ({
      when: [registeredFor()],
      then: [k.flushPending.becomes(k.more(k.flushPending, 1)), m.result.becomes('0')],
    }),
  );
  changeRange(k, m);
  p.step(
    'mm_protect/unlock-and-wake',
    {
      does,
      says: 'the mmap lock is given back; sleepers are next',
      at: 'range-unlock',
      to: 'wake',
      off: !k.decisions.unprotectWakes && 'the design does not wake here',
    },
    () => ({
      when: [arm.is('resolve'), m.wakes],
      release: k.mmap.read(),
    }),
  );
  p.step(
    'mm_protect/unlock',
    { does, says: 'the mmap lock is given back', at: 'range-unlock', to: 'range-return' },
    () => ({
      when: [or(not(arm.is('resolve')), not(m.wakes), !k.decisions.unprotectWakes)],
      release: k.mmap.read(),
    }),
  );
  wakeSleepers(k, m, {
    rule: 'wake_userfault',
    at: 'wake',
    to: 'range-return',
    covers: (c) => or(...k.pages.values.map((v) => and(k.messagePage(c).is(v), m.inRange(k.pageTerm(v))))),
    off:
      !k.decisions.unprotectWakes &&
      !calls.has('wake') &&
      k.options.manager === 'script' &&
      'the design does not wake here',
  });
  returns(m);
}

/** The user's call: one rule for each protection. */
function call(k: Kernel, m: Manager, which: Protection): void {
  const { process: p } = m;
  const choices = { first: k.pages, last: k.pages };
  const kinds = [
    ['protect', 'arm', ''],
    ['resolve', 'resolve', ''],
    ...(k.options.manager === 'conformance' ? ([['resolve', 'resolve', '-dontwake']] as const) : []),
  ] as const;
  for (const [arm, name, quietly] of kinds) {
    const offered = k.options.calls.has(name) ? (false as const) : `the manager does not ${name}`;
    p.step(
      `manager/${name}-${which}${quietly}`,
      {
        says: `user space calls ${which === 'rwp' ? 'RWPROTECT' : 'WRITEPROTECT'} to ${arm}${quietly && ', and to wake nobody'}`,
        at: 'idle',
        to: 'range-lock',
        voluntary: true,
        choices,
        off: offered,
      },
      (r) => ({
        when: [not(before(r.last, r.first)), ...k.scripted(m.phase, arm === 'protect' ? 'arm' : undefined)],
        then: [
          m.first.becomes(r.first),
          m.cursor.becomes(r.first),
          m.last.becomes(r.last),
          m.arm.becomes(arm),
          m.protection.becomes(which),
          m.wakes.becomes(arm === 'resolve' && quietly === ''),
          m.result.becomes('-'),
          ...(arm === 'protect' && k.options.manager === 'script' ? [m.phase.becomes('first')] : []),
        ],
        emits: m.each(r.first, r.last, (page, when) => [
          emit(
            arm === 'protect' ? armCalled : endCalled,
            { page, protection: literal(m.protection.domain, which) },
            when,
          ),
        ]),
      }),
    );
  }
}

function returns(m: Manager): void {
  const { process: p } = m;
  p.step('manager/protect-returns', { says: 'the call returns to user space', at: 'range-return', to: 'idle' }, () => ({
    emits: m.each(m.first, m.last, (page, inRange) => {
      const ok = and(inRange, m.result.is('0'));
      return [
        emit(armReturned, { page, protection: m.protection }, and(ok, m.arm.is('protect'))),
        emit(endReturned, { page, protection: m.protection }, and(ok, m.arm.is('resolve'))),
      ];
    }),
  }));
}

/** The walk over the entries of the range, and the flush that it owes. */
function changeRange(k: Kernel, m: Manager): void {
  const { process: p, cursor, arm, protection, last } = m;
  const { uses } = k.options;
  const markers = k.file || (k.decisions.wpMarksEmpty === 'async' && k.options.asyncAtStart) ? 'yes' : 'no';
  walkRange(k, p, {
    rule: 'change_pte_range',
    does: anchor('mm/mprotect.c', 'change_pte_range'),
    points: { lock: 'range-page', entry: 'range-entry', cleared: 'range-cleared', stored: 'range-stored' },
    to: 'range-flush',
    cursor,
    last,
    next: (v) => {
      const rwp = (): Term<string> => k.entry.next(k.pte(v), 'mrwprotect_range', { ...k.vmaFacts(), arm });
      const wp = (): Term<string> => k.entry.next(k.pte(v), 'mwriteprotect_range', { ...k.vmaFacts(), arm, markers });
      if (uses.length === 2) return choose(protection.is('rwp'), rwp(), wp());
      return uses.includes('rwp') ? rwp() : wp();
    },
  });
  const paid = k.flushPending.becomes(k.more(k.flushPending, -1));
  const shrank = and(arm.is('protect'), k.decisions.armingFlushes);
  const finish = anchor('mm/mmu_gather.c', 'tlb_finish_mmu');
  if (k.decisions.armingFlushes) {
    flushTlb(k, p, {
      rule: 'tlb_finish_mmu',
      does: finish,
      at: 'range-flush',
      to: 'range-unlock',
      cursor: m.flushed,
      covers: m.inRange,
      when: shrank,
      last: [paid],
    });
  }
  p.step(
    'tlb_finish_mmu/nothing-to-flush',
    { does: finish, says: 'no permission was taken away', at: 'range-flush', to: 'range-unlock' },
    () => ({
      when: [not(shrank), m.flushed.is(0)],
      then: [paid],
    }),
  );
}
