import { kernelFunction } from '../machine/kernel-function.ts';
import { fileRights } from './file-rights.ts';
import { mode, prot, writable } from './payload.ts';

/** What mprotect does to one entry, once the VMA has its new permissions. @kernel mm/mprotect.c mprotect_fixup() */
export const mprotect_fixup = kernelFunction('mprotect_fixup', 'mm/mprotect.c', { mode, prot, writable }, [
  {
    name: 'nobody',
    because: 'Nobody may access the VMA: the page loses its access and keeps its mark.',
    when: { form: 'present', prot: 'none' },
    given: { mprotectKeepsBit: true },
    target: { access: 'no-access', write: 'no' },
  },
  {
    name: 'nobody-unmarked',
    because: 'A walk that forgets the mark.',
    when: { form: 'present', prot: 'none' },
    target: { uffd: 'clear', access: 'no-access', write: 'no' },
  },
  {
    name: 'armed',
    because: 'In an RWP VMA an entry with the bit is armed: it stays without access, whatever the new permissions.',
    when: { form: 'present', uffd: 'uffd', mode: ['rwp', 'both'] },
    given: { mprotectKeepsNoAccess: 'marked', mprotectKeepsBit: true },
    target: { access: 'no-access', write: 'no' },
  },
  {
    name: 'bare-armed',
    because: 'Without a bit every entry without access passes for armed, and stays as it is.',
    when: { form: 'present', access: 'no-access', mode: ['rwp', 'both'] },
    given: { mprotectKeepsNoAccess: 'always' },
    target: {},
  },
  {
    name: 'write-protected',
    because: 'In a WP VMA a page with the bit stays read-only.',
    when: { form: 'present', uffd: 'uffd', mode: ['wp', 'rwp', 'both'] },
    given: { mprotectKeepsBit: true },
    target: { access: 'vma', write: 'no' },
  },
  ...fileRights({}, { mprotectKeepsBit: true }),
  {
    name: 'readable',
    because: 'Where nobody may write, a page is readable.',
    when: { form: 'present', prot: 'r' },
    given: { mprotectKeepsBit: true },
    target: { access: 'vma', write: 'no' },
  },
  {
    name: 'own',
    because: 'A page of our own becomes writable.',
    when: { form: 'present', exclusive: 'exclusive' },
    given: { mprotectKeepsBit: true },
    target: { access: 'vma', write: 'write' },
  },
  {
    name: 'shared',
    because: 'A page that may be shared becomes readable.',
    when: { form: 'present' },
    given: { mprotectKeepsBit: true },
    target: { access: 'vma' },
  },
  {
    name: 'readable-unmarked',
    because: 'A walk that forgets the mark.',
    when: { form: 'present', prot: 'r' },
    target: { uffd: 'clear', access: 'vma', write: 'no' },
  },
  {
    name: 'own-unmarked',
    because: 'A walk that forgets the mark.',
    when: { form: 'present', exclusive: 'exclusive' },
    target: { uffd: 'clear', access: 'vma', write: 'write' },
  },
  {
    name: 'shared-unmarked',
    because: 'A walk that forgets the mark.',
    when: { form: 'present' },
    target: { uffd: 'clear', access: 'vma' },
  },
  {
    name: 'writable-migration',
    because: 'A writable migration entry becomes a readable one, with its bit.',
    when: { form: 'migration', migration: 'writable' },
    given: { mprotectKeepsBitOnWritableMigration: true },
    target: { migration: 'readable-exclusive' },
  },
  {
    name: 'writable-migration-unmarked',
    because: 'A writable migration entry is built anew as a readable one, without its bit.',
    when: { form: 'migration', migration: 'writable' },
    target: { migration: 'readable-exclusive', uffd: 'clear' },
  },
  {
    name: 'elsewhere',
    because: 'Other entries stay as they are.',
    target: {},
  },
]);
