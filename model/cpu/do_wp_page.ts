import { and, emit, literal, not, type Term } from '../../checker/language/index.ts';
import { protectionDomain, resolvedByKernel } from '../../spec/index.ts';
import { flushTlb } from '../flush.ts';
import { anchor, type Kernel } from '../kernel.ts';
import type { Cpu } from './cpu.ts';

/** A write to a read-only page: reported or resolved if it is write-protected, then reused or copied. @kernel mm/memory.c do_wp_page() */
export function do_wp_page(k: Kernel, cpu: Cpu): void {
  const { process: p, self, page, seen, reason } = cpu;
  const does = anchor('mm/memory.c', 'do_wp_page');
  const choices = { v: k.pages };
  const protectedNow = (v: Term<number>): Term<boolean> => and(k.protects('wp'), k.entryIs(v, { uffd: 'uffd' }));
  p.step(
    'do_wp_page/lock',
    { does, says: 'the page-table lock is taken', at: 'wp', to: 'wp-check', choices },
    ({ v }) => ({ when: [page.is(v)], acquire: k.ptl(v) }),
  );
  p.step(
    'do_wp_page/changed',
    { does, says: 'the entry is not the one that was seen', at: 'wp-check', to: 'unlock-ptl', choices },
    ({ v }) => ({ when: [page.is(v), not(k.same(v, seen))], requires: [k.ptl(v)] }),
  );
  p.step(
    'do_wp_page/sync',
    {
      does,
      says: 'a write-protected page: user space is told',
      at: 'wp-check',
      to: 'queue-ptl',
      choices,
    },
    ({ v }) => ({
      when: [page.is(v), k.same(v, seen), protectedNow(v), not(k.resolvesAlone('wp'))],
      requires: [k.ptl(v)],
      then: [reason.becomes('wp')],
    }),
  );
  p.step(
    'do_wp_page/async',
    {
      does,
      says: 'a write-protected page: the kernel clears the bit, and the write goes on',
      at: 'wp-check',
      to: 'wp-flush',
      choices,
    },
    ({ v }) => {
      const cleared = k.entry.next(k.pte(v), 'do_wp_page');
      return {
        when: [page.is(v), k.same(v, seen), protectedNow(v), k.resolvesAlone('wp')],
        requires: [k.ptl(v)],
        then: [k.pte(v).becomes(cleared), seen.becomes(cleared)],
        emits: [emit(resolvedByKernel, { cpu: self, page: v, reason: literal(protectionDomain, 'wp') })],
      };
    },
  );
  p.step(
    'do_wp_page/plain',
    { does, says: 'the page is not protected: it is made writable', at: 'wp-check', to: 'wp-flush', choices },
    ({ v }) => ({ when: [page.is(v), k.same(v, seen), not(protectedNow(v))], requires: [k.ptl(v)] }),
  );
  flushOwed(k, cpu);
  reuse(k, cpu);
  if (k.backing !== 'shmem') copy(k, cpu);
}

/** The end of a write fault on a page that is ours, or that a shared file has: it is written where it is. */
function reuse(k: Kernel, cpu: Cpu): void {
  const { process: p, page } = cpu;
  const does = anchor('mm/memory.c', 'wp_page_reuse');
  const choices = { v: k.pages };
  p.step(
    'wp_page_reuse/store',
    { does, says: 'the page is ours: it becomes writable', at: 'wp-go', to: 'unlock-ptl', choices },
    ({ v }) => ({
      when: [page.is(v), k.reusable(v)],
      requires: [k.ptl(v)],
      then: [k.pte(v).becomes(k.entry.next(k.pte(v), 'wp_page_reuse')), ...k.dirties(v, page.is(v))],
    }),
  );
}

/** The end of a write fault on any other page: it is copied. */
function copy(k: Kernel, cpu: Cpu): void {
  const { process: p, page, seen } = cpu;
  const choices = { v: k.pages };
  const does = anchor('mm/memory.c', 'wp_page_copy');
  p.step(
    'wp_page_copy/allocate',
    { does, says: 'the lock is dropped, and the page copied', at: 'wp-go', to: 'copy-lock', choices },
    ({ v }) => ({ when: [page.is(v), k.entryIs(v, { exclusive: 'no' })], release: k.ptl(v) }),
  );
  p.step(
    'wp_page_copy/lock',
    { does, says: 'the page-table lock is taken again', at: 'copy-lock', to: 'copy-check', choices },
    ({ v }) => ({ when: [page.is(v)], acquire: k.ptl(v) }),
  );
  p.step(
    'wp_page_copy/changed',
    {
      does,
      says: 'the entry has changed: the copy is dropped',
      at: 'copy-check',
      to: 'unlock-ptl',
      choices,
    },
    ({ v }) => ({ when: [page.is(v), not(k.same(v, seen))], requires: [k.ptl(v)] }),
  );
  p.step(
    'wp_page_copy/clear',
    { does, says: 'the old entry is cleared', at: 'copy-check', to: 'copy-flush', choices },
    ({ v }) => ({ when: [page.is(v), k.same(v, seen)], requires: [k.ptl(v)], then: [k.cleared(v).becomes(true)] }),
  );
  flushTlb(k, p, {
    rule: 'wp_page_copy',
    does,
    at: 'copy-flush',
    to: 'copy-store',
    cursor: cpu.flushed,
    covers: (v) => page.is(v),
  });
  p.step(
    'wp_page_copy/store',
    { does, says: 'the copy is mapped', at: 'copy-store', to: 'unlock-ptl', choices },
    ({ v }) => ({
      when: [page.is(v)],
      requires: [k.ptl(v)],
      then: [k.pte(v).becomes(k.entry.next(k.pte(v), 'wp_page_copy')), k.cleared(v).becomes(false)],
    }),
  );
}

/** Before a write fault stores: the flush that another walk still owes. */
function flushOwed(k: Kernel, cpu: Cpu): void {
  const { process: p, page } = cpu;
  const does = anchor('mm/memory.c', 'do_wp_page');
  const owes = k.decisions.wpFaultFlushesPending
    ? and(k.protects('wp'), not(k.flushPending.is(0)))
    : literal(k.async.domain, false);
  flushTlb(k, p, {
    rule: 'do_wp_page',
    does,
    at: 'wp-flush',
    to: 'wp-go',
    cursor: cpu.flushed,
    covers: (v) => page.is(v),
    when: owes,
  });
  p.step('do_wp_page/no-flush', { does, says: 'no walk owes a flush', at: 'wp-flush', to: 'wp-go' }, () => ({
    when: [not(owes), cpu.flushed.is(0)],
  }));
}
