import { and, choose, emit, literal, not, or, type Term } from '../../checker/language/index.ts';
import { accessCompletes, accessDomain, accessRefused, accessStarts, signalDomain } from '../../spec/index.ts';
import { anchor, tlbDomain, type Kernel } from '../kernel.ts';
import type { Cpu } from './cpu.ts';

/** User mode and the hardware: an access goes through the TLB, fills it by a walk, or traps. */
export function user(k: Kernel, cpu: Cpu): void {
  const { process: p, self, page, access, retry } = cpu;
  p.step(
    'user/access',
    {
      says: 'the program reads or writes a page',
      at: 'user',
      to: 'access',
      voluntary: true,
      choices: { v: k.pages, kind: accessDomain },
    },
    ({ v, kind }) => ({
      when: [cpu.may(kind)],
      then: [page.becomes(v), access.becomes(kind), retry.becomes(false)],
      emits: [emit(accessStarts, { cpu: self, page: v, access: kind })],
    }),
  );
  hardware(k, cpu);
  p.step(
    'bad_area_access_error/refuse',
    {
      does: anchor('arch/x86/mm/fault.c', 'bad_area_access_error'),
      says: 'nobody may access the VMA, or a guard stands there: the thread gets a signal',
      at: 'refused',
      to: 'user',
      choices: { v: k.pages },
    },
    ({ v }) => ({
      when: [page.is(v)],
      emits: [emit(accessRefused, { cpu: self, page: v, signal: literal(signalDomain, 'SIGSEGV') })],
    }),
  );
  p.step(
    'do_sigbus/refuse',
    {
      does: anchor('arch/x86/mm/fault.c', 'do_sigbus'),
      says: 'the page is poisoned: the thread gets a signal',
      at: 'refused-sigbus',
      to: 'user',
      choices: { v: k.pages },
      off: !k.options.calls.has('poison') && 'nobody poisons',
    },
    ({ v }) => ({
      when: [page.is(v)],
      emits: [emit(accessRefused, { cpu: self, page: v, signal: literal(signalDomain, 'SIGBUS') })],
    }),
  );
}

/** What the hardware makes of an access: it goes through, is walked for, or traps. */
function hardware(k: Kernel, cpu: Cpu): void {
  const { process: p, self, page, access } = cpu;
  const allowed = (v: Term<number>): Term<boolean> => {
    const tlb = k.tlb(self, v);
    return choose(access.is('write'), tlb.is('W-dirty'), not(tlb.is('none')));
  };
  const walkable = (v: Term<number>): Term<boolean> =>
    or(
      and(access.is('read'), k.entry.is(k.view(v), { form: 'present', access: 'vma' })),
      k.entry.is(k.view(v), { form: 'present', access: 'vma', write: 'write' }),
    );
  p.step(
    'hardware/tlb-hit',
    { says: 'the TLB allows the access: it completes', at: 'access', to: 'user', choices: { v: k.pages } },
    ({ v }) => ({
      when: [page.is(v), allowed(v)],
      emits: [
        emit(accessCompletes, {
          cpu: self,
          page: v,
          access,
          attached: k.entryIs(v, { form: 'present' }),
          elsewhere: k.entryIs(v, { form: ['swap', 'migration'] }),
        }),
      ],
    }),
  );
  p.step(
    'hardware/walk',
    {
      says: 'the processor walks the page table, sets the accessed and dirty bits, and fills its TLB',
      at: 'access',
      to: 'access',
      choices: { v: k.pages },
    },
    ({ v }) => {
      const after = k.entry.next(k.pte(v), 'hardwareWalk', { fault: access });
      const dirty = choose(k.entry.is(after, { dirty: 'dirty' }), literal(tlbDomain, 'W-dirty'), 'W-clean');
      const filled = choose(k.entry.is(after, { write: 'write' }), dirty, literal(tlbDomain, 'R'));
      return {
        when: [page.is(v), not(allowed(v)), walkable(v)],
        then: [k.pte(v).becomes(after), k.tlb(self, v).becomes(filled), ...k.dirties(v, access.is('write'))],
      };
    },
  );
  p.step(
    'hardware/trap',
    {
      says: 'the entry does not allow the access: the processor traps',
      at: 'access',
      to: 'fault',
      choices: { v: k.pages },
    },
    ({ v }) => ({ when: [page.is(v), not(allowed(v)), not(walkable(v))] }),
  );
}
