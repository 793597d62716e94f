import { call, syscall, type PageOperation } from './operation.ts';

/** What user space does to memory: accesses, fills, and what takes content away. */
export const memoryOperations: readonly PageOperation[] = [
  { ...syscall('touch r', 'page', 'user/access', { kind: 'read' }), otherwise: 'EBUSY' },
  { ...syscall('touch w', 'page', 'user/access', { kind: 'write' }), otherwise: 'EBUSY' },
  call('evict', 'page', 'manager/evict'),
  syscall('dontneed', 'range', 'manager/discard'),
  syscall('mprotect none', 'part', 'do_mprotect_pkey/call', { prot: 'none' }),
  syscall('mprotect r', 'part', 'do_mprotect_pkey/call', { prot: 'r' }),
  syscall('mprotect rw', 'part', 'do_mprotect_pkey/call', { prot: 'rw' }),
];
