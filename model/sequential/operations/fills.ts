import { call, syscall, type PageOperation } from './operation.ts';

/** What user space puts into a page: content, the zero page, poison or a guard. */
export const fillOperations: readonly PageOperation[] = [
  call('copy', 'page', 'manager/fill', { protect: 'no' }),
  call('copy wp', 'page', 'manager/fill', { protect: 'yes' }),
  call('copy dontwake', 'page', 'manager/fill-dontwake', { protect: 'no' }),
  call('copy wp dontwake', 'page', 'manager/fill-dontwake', { protect: 'yes' }),
  call('zeropage', 'page', 'manager/zeropage'),
  call('zeropage dontwake', 'page', 'manager/zeropage-dontwake'),
  call('poison', 'page', 'manager/poison'),
  call('poison dontwake', 'page', 'manager/poison-dontwake'),
  syscall('guard on', 'range', 'manager/guard-on'),
  syscall('guard off', 'range', 'manager/guard-off'),
];
