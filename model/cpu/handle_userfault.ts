import { and, emit, not, or, choose, type Term } from '../../checker/language/index.ts';
import { accessStarts, messageQueued } from '../../spec/index.ts';
import { anchor, type Kernel } from '../kernel.ts';
import type { Cpu } from './cpu.ts';

const does = anchor('mm/userfaultfd.c', 'handle_userfault');

/** What the last look at the entry says: is there still a reason to sleep? */
function mustWait(k: Kernel, cpu: Cpu, entry: Term<string>): Term<boolean> {
  const is = (form: string | readonly string[], more: Readonly<Record<string, string>> = {}): Term<boolean> =>
    k.entry.is(entry, { form, ...more });
  const elsewhere = and(is(['swap', 'migration']), k.decisions.mustWaitOnNonPresent === 'sleep');
  const present = choose(
    cpu.reason.is('rwp'),
    k.trapsRwp(entry),
    and(cpu.reason.is('wp'), is('present', { write: 'no' })),
  );
  const empty = and(
    is(['none', 'marker', 'poison']),
    or(cpu.reason.isOneOf('missing', 'minor'), k.decisions.mustWaitOnEmpty === 'sleep'),
  );
  return or(!k.decisions.mustWaitLooks, empty, elsewhere, present);
}

/** Telling user space of a fault, and sleeping until somebody wakes the thread. @kernel mm/userfaultfd.c handle_userfault() */
export function handle_userfault(k: Kernel, cpu: Cpu): void {
  const { process: p, self, page, reason } = cpu;
  const choices = { v: k.pages };
  p.step(
    'handle_userfault/unlock-ptl',
    { does, says: 'the page-table lock is given back', at: 'queue-ptl', to: 'queue', choices },
    ({ v }) => ({
      when: [page.is(v)],
      release: k.ptl(v),
    }),
  );
  p.step(
    'handle_userfault/released',
    { does, says: 'the descriptor is being closed: try again', at: 'queue', to: 'unlock' },
    () => ({
      when: [k.released],
    }),
  );
  p.step(
    'handle_userfault/enqueue',
    { does, says: 'the message becomes readable', at: 'queue', to: 'must-wait', choices },
    ({ v }) => ({
      when: [page.is(v), not(k.released)],
      then: [
        k.waiter(self).becomes(k.waiters.next(k.waiter(self), 'handle_userfault', { part: 'enqueue' })),
        k.messageReason(self).becomes(reason),
        k.messagePage(self).becomes(v),
        ...k.pending.push(self),
      ],
      emits: [emit(messageQueued, { cpu: self, page: v, reason })],
    }),
  );
  p.step(
    'userfaultfd_must_wait/look',
    {
      does: anchor('mm/userfaultfd.c', 'userfaultfd_must_wait'),
      says: 'the entry is read once more, without its lock',
      at: 'must-wait',
      to: 'queue-unlock',
      choices,
    },
    ({ v }) => ({ when: [page.is(v)], then: [cpu.mustWait.becomes(mustWait(k, cpu, k.view(v)))] }),
  );
  sleep(k, cpu);
}

/** The locks are given back, the thread sleeps if it still has a reason to, and the fault starts again. */
function sleep(k: Kernel, cpu: Cpu): void {
  const { process: p, self, page, access, holds, retry } = cpu;
  const choices = { v: k.pages };
  for (const lock of ['vma', 'mmap'] as const) {
    p.step(
      `handle_userfault/unlock-${lock}`,
      { does, says: `the ${lock} lock is given back`, at: 'queue-unlock', to: 'sleep' },
      () => ({
        when: [holds.is(lock)],
        release: lock === 'vma' ? k.vma.read() : k.mmap.read(),
      }),
    );
  }
  const schedule = anchor('kernel/sched/core.c', 'schedule');
  p.step(
    'schedule/sleep',
    { does: schedule, says: 'the thread sleeps, unless it was woken', at: 'sleep', to: 'asleep' },
    () => ({
      when: [cpu.mustWait, not(k.released)],
      then: [k.waiter(self).becomes(k.waiters.next(k.waiter(self), 'schedule'))],
    }),
  );
  p.step(
    'handle_userfault/no-sleep',
    { does, says: 'there is no reason to sleep any more', at: 'sleep', to: 'dequeue' },
    () => ({
      when: [or(not(cpu.mustWait), k.released)],
    }),
  );
  p.step('schedule/woken', { does: schedule, says: 'the thread was woken', at: 'asleep', to: 'dequeue' }, () => ({
    when: [k.waiters.is(k.waiter(self), { task: 'running' })],
  }));
  p.step(
    'handle_userfault/retry',
    {
      does,
      says: 'the thread leaves the queue if it is still there; the fault starts again',
      at: 'dequeue',
      to: 'fault',
      choices,
    },
    ({ v }) => ({
      when: [page.is(v)],
      then: [
        k.waiter(self).becomes(k.waiters.next(k.waiter(self), 'handle_userfault', { part: 'finish' })),
        ...k.pending.remove(self),
        retry.becomes(true),
      ],
      emits: [emit(accessStarts, { cpu: self, page: v, access })],
    }),
  );
}
