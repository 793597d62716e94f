import { call, rwpOnly, type PageOperation } from './operation.ts';

const register = (modes: string, missing: boolean, protect: string): PageOperation => ({
  ...call(`register ${modes}`, 'part', 'manager/register', { missing: missing ? 'yes' : 'no', protect }),
  otherwise: 'EINVAL',
  several: { checksFirst: 'registerChecksFirst', quietly: `register ${modes}` },
});

const onlyDescriptor = (name: string): PageOperation => ({
  name,
  reach: 'session',
  otherwise: 'nothing',
  descriptor: true,
});

/** Opening and closing the userfaultfd, registering, and its messages. */
export const descriptorOperations: readonly PageOperation[] = [
  call('read', 'session', 'userfaultfd_ctx_read/read'),
  call('wake', 'range', 'manager/wake'),
  { ...call('set-mode async', 'session', 'manager/set-mode', { async: true }), of: rwpOnly },
  { ...call('set-mode sync', 'session', 'manager/set-mode', { async: false }), of: rwpOnly },
  register('missing', true, 'none'),
  register('wp', false, 'wp'),
  register('missing,wp', true, 'wp'),
  { ...register('rwp', false, 'rwp'), of: rwpOnly },
  { ...register('missing,rwp', true, 'rwp'), of: rwpOnly },
  { ...register('wp,rwp', false, 'both'), of: rwpOnly },
  call('unregister', 'part', 'manager/unregister'),
  call('close', 'session', 'userfaultfd_release/released'),
  onlyDescriptor('api'),
  onlyDescriptor('register-staging'),
];
