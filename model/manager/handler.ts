import { emit, literal, not } from '../../checker/language/index.ts';
import { endCalled, protectionDomain } from '../../spec/index.ts';
import { anchor, type Kernel } from '../kernel.ts';
import type { Manager } from './manager.ts';

/** The duties of a fair manager: what is readable is read, and what was read is answered. */
export function handler(k: Kernel, m: Manager): void {
  const { process: p, handling } = m;
  const does = anchor('mm/userfaultfd.c', 'userfaultfd_ctx_read');
  const { uses, registered, calls, asyncAtStart, manager } = k.options;
  const reports =
    registered.missing || calls.has('register') || (uses.length > 0 && (!asyncAtStart || calls.has('set-mode')));
  const off =
    (!reports && 'nothing is reported in this scenario') ||
    (manager === 'lazy' && 'the manager is told of faults by others, and reads nothing');
  const conformance = manager === 'conformance';
  p.step(
    'userfaultfd_ctx_read/read',
    {
      does,
      says: 'the first message is handed to user space',
      at: 'idle',
      to: conformance ? 'idle' : 'answer',
      voluntary: conformance,
      choices: { c: k.cpus },
      off,
    },
    ({ c }) => ({
      when: [k.pending.headIs(c), not(k.released)],
      then: [
        k.waiter(c).becomes(k.waiters.next(k.waiter(c), 'userfaultfd_ctx_read')),
        ...k.pending.remove(c),
        handling.becomes(c),
      ],
    }),
  );
  const silent = off || (conformance && 'user space answers by calls of its own');
  answer(k, m, silent);
  p.step(
    'manager/wake',
    {
      says: 'user space calls WAKE',
      at: 'idle',
      to: 'wake',
      voluntary: true,
      choices: { v: k.pages },
      off: !calls.has('wake') && 'user space does not wake unasked',
    },
    ({ v }) => ({
      when: [not(k.released)],
      then: [m.first.becomes(v), m.last.becomes(v), m.arm.becomes('protect'), m.result.becomes('-')],
    }),
  );
}

/** The answer to the message that was read: unprotect, fill, or only wake. */
function answer(k: Kernel, m: Manager, silent: string | false): void {
  const { process: p, handling } = m;
  const { uses, registered, calls, manager } = k.options;
  const choices = { c: k.cpus, v: k.pages };
  for (const protection of uses) {
    p.step(
      `manager/answer-${protection}`,
      {
        says: 'the page is unprotected, and its sleepers are woken',
        at: 'answer',
        to: 'range-lock',
        choices,
        off: silent,
      },
      ({ c, v }) => ({
        when: [handling.is(c), k.messagePage(c).is(v), k.messageReason(c).is(protection)],
        then: [
          m.first.becomes(v),
          m.last.becomes(v),
          m.cursor.becomes(v),
          m.arm.becomes('resolve'),
          m.protection.becomes(protection),
          m.wakes.becomes(k.decisions.unprotectWakes),
          m.result.becomes('-'),
          ...(manager === 'script' ? [m.cold(v).becomes(false)] : []),
        ],
        emits: [emit(endCalled, { page: v, protection: literal(protectionDomain, protection) })],
      }),
    );
  }
  const fills = silent || (!calls.has('fill') && 'nobody fills');
  p.step(
    'manager/answer-missing',
    {
      says: 'the page is filled from the manager’s store',
      at: 'answer',
      to: 'fill-lock',
      choices,
      off: fills || (!registered.missing && 'no MISSING registration'),
    },
    ({ c, v }) => ({
      when: [handling.is(c), k.messagePage(c).is(v), k.messageReason(c).is('missing')],
      then: [m.first.becomes(v), m.last.becomes(v), m.cursor.becomes(v), m.wakes.becomes(true), m.result.becomes('-')],
    }),
  );
  p.step(
    'manager/answer-wake',
    {
      says: 'the sleepers of the page are woken, and nothing else is done',
      at: 'answer',
      to: 'wake',
      choices,
      off: silent,
    },
    ({ c, v }) => ({
      when: [handling.is(c), k.messagePage(c).is(v)],
      then: [m.first.becomes(v), m.last.becomes(v), m.arm.becomes('protect'), m.result.becomes('-')],
    }),
  );
}
