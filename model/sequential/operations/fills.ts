import { anonOnly, call, fileOnly, syscall, type PageOperation } from './operation.ts';

/** What user space puts into a page: content, the zero page, what the file has, poison or a guard. */
export const fillOperations: readonly PageOperation[] = [
  call('copy', 'page', 'manager/fill', { protect: 'no' }),
  call('copy wp', 'page', 'manager/fill', { protect: 'yes' }),
  call('copy dontwake', 'page', 'manager/fill-dontwake', { protect: 'no' }),
  call('copy wp dontwake', 'page', 'manager/fill-dontwake', { protect: 'yes' }),
  call('zeropage', 'page', 'manager/zeropage'),
  call('zeropage dontwake', 'page', 'manager/zeropage-dontwake'),
  call('poison', 'page', 'manager/poison'),
  call('poison dontwake', 'page', 'manager/poison-dontwake'),
  ...['continue', 'continue dontwake'].flatMap((name) => {
    const rule = `manager/${name.replace(' ', '-')}`;
    return [
      { ...call(name, 'page', rule, { protect: 'no' }), of: fileOnly },
      { ...call(name.replace('continue', 'continue wp'), 'page', rule, { protect: 'yes' }), of: fileOnly },
    ];
  }),
  { ...call('move', 'page', 'manager/move'), of: anonOnly },
  { ...call('move dontwake', 'page', 'manager/move-dontwake'), of: anonOnly },
  { ...call('move zero', 'page', 'manager/move-zero'), of: anonOnly },
  { ...syscall('guard on', 'range', 'manager/guard-on'), of: anonOnly },
  { ...syscall('guard off', 'range', 'manager/guard-off'), of: anonOnly },
];
