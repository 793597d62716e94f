import { call, rwpOnly, syscall, type PageOperation } from './operation.ts';

/** Protecting and resolving, by ioctl and by scan. */
export const protectionOperations: readonly PageOperation[] = [
  call('writeprotect on', 'range', 'manager/arm-wp'),
  call('writeprotect off', 'range', 'manager/resolve-wp'),
  call('writeprotect off dontwake', 'range', 'manager/resolve-wp-dontwake'),
  { ...call('rwprotect on', 'range', 'manager/arm-rwp'), of: rwpOnly },
  { ...call('rwprotect off', 'range', 'manager/resolve-rwp'), of: rwpOnly },
  { ...call('rwprotect off dontwake', 'range', 'manager/resolve-rwp-dontwake'), of: rwpOnly },
  syscall('scan-wp', 'range', 'manager/protecting-scan'),
];
