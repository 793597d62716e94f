import { and, bool, emit, not, or } from '../../checker/language/index.ts';
import { modeCalled, modeReturned } from '../../spec/index.ts';
import { anchor, type Kernel } from '../kernel.ts';
import type { Manager } from './manager.ts';
import { wakeSleepers } from './wake.ts';

const does = anchor('mm/userfaultfd.c', 'userfaultfd_set_mode');

/** UFFDIO_SET_MODE: the mmap lock, the drain of faults that hold the VMA, one store, then the wake-up. @kernel mm/userfaultfd.c userfaultfd_set_mode() */
export function userfaultfd_set_mode(k: Kernel, m: Manager): void {
  const { process: p, turnsAsync } = m;
  const off = !k.options.calls.has('set-mode') && 'the mode stays as it is';
  const { order = 'sync-then-scan' } = k.options;
  const toSync = order === 'sync-then-scan' ? (['first', 'second'] as const) : (['second', 'evict'] as const);
  p.step(
    'manager/set-mode',
    { says: 'user space calls SET_MODE', at: 'idle', to: 'mode-lock', voluntary: true, choices: { async: bool }, off },
    ({ async }) => ({
      when: [
        k.options.manager !== 'script' || or(and(async, m.phase.is('back')), and(not(async), m.phase.is(toSync[0]))),
      ],
      then: [
        turnsAsync.becomes(async),
        m.result.becomes('-'),
        ...(k.options.manager === 'script' ? [m.phase.becomes(k.pick(async, 'arm', toSync[1], m.phase))] : []),
      ],
      emits: [emit(modeCalled, { async })],
    }),
  );
  change(k, m, off);
  const wakes = and(turnsAsync, k.decisions.setModeWakes);
  p.step(
    'userfaultfd_set_mode/unlock',
    { does, says: 'the mmap lock is given back', at: 'mode-unlock', to: 'mode-return', off },
    () => ({
      when: [not(wakes)],
      release: k.mmap.write(),
    }),
  );
  const silent = !k.decisions.setModeWakes && 'the design does not wake here';
  p.step(
    'userfaultfd_set_mode/unlock-and-wake',
    {
      does,
      says: 'the mmap lock is given back; all sleepers are next',
      at: 'mode-unlock',
      to: 'mode-wake',
      off: off || silent,
    },
    () => ({
      when: [wakes],
      release: k.mmap.write(),
    }),
  );
  wakeSleepers(k, m, { rule: 'userfaultfd_set_mode', at: 'mode-wake', to: 'mode-return', off: off || silent });
  p.step(
    'manager/set-mode-returns',
    { says: 'the call returns to user space', at: 'mode-return', to: 'idle', off },
    () => ({
      emits: [emit(modeReturned, { async: turnsAsync })],
    }),
  );
}

/** The mode is changed under the write lock; a design that drains waits for the faults that hold a VMA first. */
function change(k: Kernel, m: Manager, off: string | false): void {
  const { process: p, turnsAsync } = m;
  const drains = k.decisions.setModeDrains;
  p.step(
    'userfaultfd_set_mode/lock',
    {
      does,
      says: 'the mmap lock is taken for writing',
      at: 'mode-lock',
      to: drains ? 'mode-drain' : 'mode-store',
      off,
    },
    () => ({
      acquire: k.mmap.write(),
    }),
  );
  p.step(
    'vma_start_write/set-mode',
    {
      does: anchor('include/linux/mmap_lock.h', 'vma_start_write'),
      says: 'the faults that hold the VMA are waited for',
      at: 'mode-drain',
      to: 'mode-store',
      off: off || (!drains && 'the design does not drain'),
    },
    () => ({
      acquire: k.vma.write(),
    }),
  );
  p.step(
    'userfaultfd_set_mode/store',
    { does, says: 'the mode is changed', at: 'mode-store', to: drains ? 'mode-undrain' : 'mode-unlock', off },
    () => ({
      then: [k.async.becomes(turnsAsync), m.result.becomes('0')],
    }),
  );
  p.step(
    'vma_end_write_all/set-mode',
    {
      does: anchor('include/linux/mmap_lock.h', 'vma_end_write_all'),
      says: 'the VMA can be read again',
      at: 'mode-undrain',
      to: 'mode-unlock',
      off: off || (!drains && 'the design does not drain'),
    },
    () => ({
      release: k.vma.write(),
    }),
  );
}
