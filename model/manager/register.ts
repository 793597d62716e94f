import {
  and,
  choose,
  emit,
  literal,
  not,
  oneOf,
  or,
  type Assignment,
  type Term,
} from '../../checker/language/index.ts';
import { registerCalled, registerReturned } from '../../spec/index.ts';
import type { FileState } from '../file.ts';
import { anchor, type Kernel } from '../kernel.ts';
import type { Manager } from './manager.ts';

const lacks = oneOf('lacks', 'no', 'yes');
const start = anchor('include/linux/mmap_lock.h', 'vma_start_write');
const end = anchor('include/linux/mmap_lock.h', 'vma_end_write_all');
const registers = anchor('mm/userfaultfd.c', 'userfaultfd_register');

/** UFFDIO_REGISTER of the whole range: checks, the VMA's write lock, the new modes; no entry is touched. */
export function register(k: Kernel, m: Manager): void {
  const { process: p, asksProtection } = m;
  const off = !k.options.calls.has('register') && 'nobody registers';
  const { decisions } = k;
  callRegister(k, m, off);
  p.step(
    'userfaultfd_register/lock',
    { does: registers, says: 'the mmap lock is taken for writing', at: 'register-lock', to: 'register-check', off },
    () => ({ acquire: k.mmap.write() }),
  );
  const asksRwp = asksProtection.isOneOf('rwp', 'both');
  const asksWp = asksProtection.isOneOf('wp', 'both');
  const combined = and(asksProtection.is('both'), decisions.wpWithRwp === 'refused');
  const inaccessible = and(asksRwp, k.prot.is('none'), decisions.rwpRefusesInaccessible);
  const drops = and(
    decisions.registerRefusesDrop,
    or(and(k.protects('rwp'), not(asksRwp)), and(k.protects('wp'), not(asksWp))),
  );
  const refused = or(combined, inaccessible, drops);
  p.step(
    'userfaultfd_register/refuse',
    {
      does: registers,
      says: 'the call is refused, and nothing has changed',
      at: 'register-check',
      to: 'register-unlock',
      off: off || refusable(k),
    },
    () => ({
      when: [refused],
      then: [m.result.becomes(k.pick(or(combined, inaccessible), 'EINVAL', 'EBUSY', m.result))],
    }),
  );
  storeModes(k, m, off, refused);
  p.step(
    'userfaultfd_register/unlock',
    { does: registers, says: 'the mmap lock is given back', at: 'register-unlock', to: 'register-return', off },
    () => ({ release: k.mmap.write() }),
  );
  p.step(
    'manager/register-returns',
    { says: 'the call returns to user space', at: 'register-return', to: 'idle', off },
    () => ({
      emits: [emit(registerReturned, { wp: k.protects('wp'), rwp: k.protects('rwp'), refused: not(m.result.is('0')) })],
    }),
  );
}

/** Why REGISTER can never be refused in a scenario, or false where it can. */
function refusable(k: Kernel): string | false {
  const combined = k.options.uses.length === 2 && k.decisions.wpWithRwp === 'refused';
  const inaccessible =
    k.options.environment.has('mprotect') && k.decisions.rwpRefusesInaccessible && k.options.uses.includes('rwp');
  return (
    !combined &&
    !inaccessible &&
    !(k.decisions.registerRefusesDrop && k.options.manager === 'conformance') &&
    'the design refuses nothing here'
  );
}

/** The user's call: any modes that the scenario uses. */
function callRegister(k: Kernel, m: Manager, off: string | false): void {
  const { process: p, asksMissing, asksProtection } = m;
  const both = k.options.uses.length === 2;
  const protects = oneOf('protect', 'none', 'wp', 'rwp', 'both');
  const minor = (ask: 'no' | 'yes'): Assignment[] => (k.file ? [k.file.asksMinor.becomes(ask === 'yes')] : []);
  const usable = (ask: Term<'none' | 'wp' | 'rwp' | 'both'>): Term<boolean> =>
    ask.isOneOf('none', ...k.options.uses, ...(both ? (['both'] as const) : []));
  p.step(
    'manager/register',
    {
      says: 'user space calls REGISTER',
      at: 'idle',
      to: 'register-lock',
      voluntary: true,
      choices: { missing: oneOf('ask', 'no', 'yes'), protect: protects },
      off,
    },
    (c) => ({
      when: [
        usable(c.protect),
        or(c.missing.is('yes'), not(c.protect.is('none'))),
        k.options.manager === 'conformance' || c.missing.is(k.options.registered.missing ? 'yes' : 'no'),
        not(k.released),
      ],
      then: [asksMissing.becomes(c.missing), asksProtection.becomes(c.protect), m.result.becomes('-'), ...minor('no')],
      emits: [emit(registerCalled, {})],
    }),
  );
  if (!k.file) return;
  p.step(
    'manager/register-minor',
    {
      says: 'user space calls REGISTER, for MINOR and what else',
      at: 'idle',
      to: 'register-lock',
      voluntary: true,
      choices: { missing: oneOf('ask', 'no', 'yes'), protect: protects },
      off: off || (k.options.manager !== 'conformance' && 'the VMA is registered from the start'),
    },
    (c) => ({
      when: [usable(c.protect), not(k.released)],
      then: [asksMissing.becomes(c.missing), asksProtection.becomes(c.protect), m.result.becomes('-'), ...minor('yes')],
      emits: [emit(registerCalled, {})],
    }),
  );
}

/** The new modes are stored under the VMA's write lock, which waits for the faults that hold the VMA. */
function storeModes(k: Kernel, m: Manager, off: string | false, refused: Term<boolean>): void {
  const { process: p, asksMissing, asksProtection } = m;
  p.step(
    'vma_start_write/register',
    {
      does: start,
      says: 'the faults that hold the VMA are waited for',
      at: 'register-check',
      to: 'register-store',
      off,
    },
    () => ({
      when: [not(refused)],
      acquire: k.vma.write(),
    }),
  );
  p.step(
    'userfaultfd_register/store',
    { does: registers, says: 'the VMA has its new modes', at: 'register-store', to: 'register-undrain', off },
    () => ({
      then: [
        k.registered.becomes(
          k.registration.next(k.registered, 'userfaultfd_register', {
            ask: asksMissing,
            protect: asksProtection,
            lacks: k.file ? choose(lacksMinor(k.file), literal(lacks, 'yes'), 'no') : 'no',
          }),
        ),
        ...(k.file ? [k.file.minor.becomes(minorAfter(k, k.file, m))] : []),
        m.result.becomes('0'),
      ],
    }),
  );
  p.step(
    'vma_end_write_all/register',
    { does: end, says: 'the VMA can be read again', at: 'register-undrain', to: 'register-unlock', off },
    () => ({ release: k.vma.write() }),
  );
}

/** True when MINOR is asked for, and not there yet. */
function lacksMinor({ minor, asksMinor }: FileState): Term<boolean> {
  return and(asksMinor, not(minor));
}

/** Whether faults on pages that the file has are reported from now on: as asked, unless the VMA has all that is asked for. */
function minorAfter(k: Kernel, file: FileState, { asksMissing, asksProtection }: Manager): Term<boolean> {
  const hasAll = and(
    not(lacksMinor(file)),
    or(asksMissing.is('no'), k.missing()),
    or(
      asksProtection.is('none'),
      and(asksProtection.is('wp'), k.protects('wp')),
      and(asksProtection.is('rwp'), k.protects('rwp')),
      and(k.protects('wp'), k.protects('rwp')),
    ),
  );
  return choose(hasAll, file.minor, file.asksMinor);
}
