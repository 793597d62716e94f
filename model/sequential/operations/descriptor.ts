import { anonOnly, call, fileOnly, rwpOnly, type PageOperation } from './operation.ts';

const register = (modes: string, missing: boolean, protect: string): PageOperation => ({
  ...call(`register ${modes}`, 'part', 'manager/register', { missing: missing ? 'yes' : 'no', protect }),
  otherwise: 'EINVAL',
  several: { checksFirst: 'registerChecksFirst', quietly: `register ${modes}` },
});

const registerMinor = (modes: string, missing: boolean, protect: string): PageOperation => ({
  ...register(modes, missing, protect),
  step: { rule: 'manager/register-minor', chosen: { missing: missing ? 'yes' : 'no', protect } },
  of: (session) => fileOnly(session) && (protect !== 'rwp' || rwpOnly(session)),
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
  registerMinor('minor', false, 'none'),
  registerMinor('missing,minor', true, 'none'),
  registerMinor('minor,wp', false, 'wp'),
  registerMinor('minor,rwp', false, 'rwp'),
  registerMinor('missing,minor,wp', true, 'wp'),
  call('unregister', 'part', 'manager/unregister'),
  call('close', 'session', 'userfaultfd_release/released'),
  onlyDescriptor('api'),
  { ...onlyDescriptor('register-staging'), of: anonOnly },
];
