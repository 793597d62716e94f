import { arrives } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { fault, flag, mode, prot } from './payload.ts';

/** Maps a swapped page again. @kernel mm/memory.c do_swap_page() */
export const do_swap_page = kernelFunction('do_swap_page', 'mm/memory.c', { mode, fault, prot, sole: flag }, [
  {
    name: 'bit-dropped-readable',
    because: 'A swap-in that forgets the bit, where nobody may write.',
    when: { form: 'swap', swap: 'own', uffd: 'uffd', prot: ['r', 'none'] },
    given: { swapInKeepsBit: false },
    target: arrives({ uffd: 'clear', exclusive: 'exclusive', young: 'young' }),
  },
  {
    name: 'bit-dropped',
    because: 'A swap-in that forgets the bit maps the page as if it had never been protected.',
    when: { form: 'swap', swap: 'own', uffd: 'uffd', fault: 'read' },
    given: { swapInKeepsBit: false },
    target: arrives({ uffd: 'clear', write: 'write', exclusive: 'exclusive', young: 'young' }),
  },
  {
    name: 'bit-dropped-write',
    because: 'The same on a write.',
    when: { form: 'swap', swap: 'own', uffd: 'uffd', fault: 'write' },
    given: { swapInKeepsBit: false },
    target: arrives({ uffd: 'clear', write: 'write', exclusive: 'exclusive', dirty: 'dirty', young: 'young' }),
  },
  {
    name: 'back-to-no-access',
    because:
      'In an RWP VMA the bit in the swap entry means armed: the page is mapped without access, and the access traps when it is tried again.',
    when: { form: 'swap', swap: 'own', uffd: 'uffd', mode: ['rwp', 'both'] },
    given: { swapInRestoresNoAccess: true },
    target: arrives({ access: 'no-access', exclusive: 'exclusive', young: 'young' }),
  },
  {
    name: 'shared-back-to-no-access',
    because: 'The same for a page that others may share.',
    when: { form: 'swap', swap: 'shared', uffd: 'uffd', mode: ['rwp', 'both'] },
    given: { swapInRestoresNoAccess: true },
    target: arrives({ access: 'no-access', young: 'young' }),
  },
  {
    name: 'write-protected',
    because: 'In a WP VMA the bit in the swap entry keeps the page read-only.',
    when: { form: 'swap', swap: 'own', uffd: 'uffd', mode: ['wp', 'rwp', 'both'] },
    target: arrives({ exclusive: 'exclusive', young: 'young' }),
  },
  {
    name: 'readable',
    because: 'Where nobody may write, a page comes back read-only, with the bit that it had.',
    when: { form: 'swap', swap: 'own', prot: ['r', 'none'] },
    target: arrives({ exclusive: 'exclusive', young: 'young' }),
  },
  {
    name: 'stale-bit',
    because: 'Where nobody is registered the bit stays, and does not keep the page from being writable.',
    when: { form: 'swap', swap: 'own', uffd: 'uffd', fault: 'read' },
    target: arrives({ write: 'write', exclusive: 'exclusive', young: 'young' }),
  },
  {
    name: 'stale-bit-write',
    because: 'The same on a write.',
    when: { form: 'swap', swap: 'own', uffd: 'uffd', fault: 'write' },
    target: arrives({ write: 'write', exclusive: 'exclusive', dirty: 'dirty', young: 'young' }),
  },
  {
    name: 'own',
    because: 'A page of our own comes back writable, also on a read.',
    when: { form: 'swap', swap: 'own', fault: 'read' },
    target: arrives({ write: 'write', exclusive: 'exclusive', young: 'young' }),
  },
  {
    name: 'own-write',
    because: 'On a write it comes back dirty too.',
    when: { form: 'swap', swap: 'own', fault: 'write' },
    target: arrives({ write: 'write', exclusive: 'exclusive', dirty: 'dirty', young: 'young' }),
  },
  {
    name: 'sole-write-protected',
    because: 'A page that was shared and has nobody else left is our own; the bit keeps it read-only.',
    when: { form: 'swap', swap: 'shared', uffd: 'uffd', mode: ['wp', 'rwp', 'both'], sole: 'yes' },
    given: { swapInTakesSole: true },
    target: arrives({ exclusive: 'exclusive', young: 'young' }),
  },
  {
    name: 'sole-readable',
    because: 'Where nobody may write it comes back read-only, and is our own.',
    when: { form: 'swap', swap: 'shared', prot: ['r', 'none'], sole: 'yes' },
    given: { swapInTakesSole: true },
    target: arrives({ exclusive: 'exclusive', young: 'young' }),
  },
  {
    name: 'sole',
    because: 'Else it comes back writable, also on a read.',
    when: { form: 'swap', swap: 'shared', fault: 'read', sole: 'yes' },
    given: { swapInTakesSole: true },
    target: arrives({ write: 'write', exclusive: 'exclusive', young: 'young' }),
  },
  {
    name: 'sole-write',
    because: 'On a write it comes back dirty too.',
    when: { form: 'swap', swap: 'shared', fault: 'write', sole: 'yes' },
    given: { swapInTakesSole: true },
    target: arrives({ write: 'write', exclusive: 'exclusive', dirty: 'dirty', young: 'young' }),
  },
  {
    name: 'shared',
    because: 'A page that others may share comes back read-only.',
    when: { form: 'swap', swap: 'shared' },
    target: arrives({ young: 'young' }),
  },
  {
    name: 'not-swapped',
    because: 'The caller has compared the entry with the swap entry that it saw.',
    target: 'impossible',
  },
]);
