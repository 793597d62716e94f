import { anonOnly, call, fileOnly, smallOnly, syscall, type PageOperation } from './operation.ts';

/** Advice that nothing can be seen of. */
const advice = (name: string): PageOperation => ({ name, reach: 'range', otherwise: 'nothing', descriptor: false });

/** What user space does to memory: accesses, fills, and what takes content away. */
export const memoryOperations: readonly PageOperation[] = [
  { ...syscall('touch r', 'page', 'user/access', { kind: 'read' }), otherwise: 'EBUSY' },
  { ...syscall('touch w', 'page', 'user/access', { kind: 'write' }), otherwise: 'EBUSY' },
  { ...call('evict', 'page', 'manager/evict'), of: anonOnly },
  { ...syscall('alias-read', 'page', 'manager/alias-read'), of: fileOnly },
  { ...syscall('alias-write', 'page', 'manager/alias-write'), of: fileOnly },
  { ...syscall('punch', 'range', 'manager/punch'), of: fileOnly },
  { ...syscall('remove', 'range', 'manager/punch'), of: fileOnly },
  syscall('dontneed', 'range', 'manager/discard'),
  { ...advice('cold'), of: smallOnly },
  { ...syscall('mmap', 'range', 'manager/mmap'), of: anonOnly },
  syscall('mprotect none', 'part', 'do_mprotect_pkey/call', { prot: 'none' }),
  syscall('mprotect r', 'part', 'do_mprotect_pkey/call', { prot: 'r' }),
  syscall('mprotect rw', 'part', 'do_mprotect_pkey/call', { prot: 'rw' }),
  { ...syscall('mremap', 'range', 'do_mremap/lock'), of: ({ backing }) => backing === 'anon' },
  { ...syscall('fork r', 'session', 'dup_mmap/lock'), of: ({ backing }) => backing === 'anon' },
  { ...syscall('fork w', 'session', 'dup_mmap/lock'), of: ({ backing }) => backing === 'anon' },
];
