import { and, exists } from '../../checker/language/index.ts';
import { messageQueued, modeReturned, resolvedByKernel } from '../events.ts';
import { knownMode } from './mode.ts';
import type { Property } from './property.ts';

/** MS: a mode switch is linearisable: once it has returned, no fault is handled under the old mode. */
export const MS: Property = {
  id: 'MS',
  title: 'the mode switch is linearisable',
  says: 'after SET_MODE has returned, no fault is queued or resolved under the mode before it, and the switch to async has released all sleepers',
  describe(m, { cpus, asleep, asyncAtStart }) {
    const { mustSync, mustAsync } = knownMode(m, asyncAtStart);
    m.neverStep('a fault is reported in async mode', messageQueued, ({ reason }) => and(reason.is('rwp'), mustAsync));
    m.neverStep('the kernel resolves a fault by itself in sync mode', resolvedByKernel, ({ reason }) =>
      and(reason.is('rwp'), mustSync),
    );
    m.neverQuiescent('a thread still sleeps after the switch to async', and(mustAsync, exists(cpus, asleep)));
    m.sometimesStep('a fault is reported', messageQueued, ({ reason }) => reason.is('rwp'));
    m.sometimesStep('the kernel resolves a fault by itself', resolvedByKernel, ({ reason }) => reason.is('rwp'));
    m.sometimesStep('a switch to async returns', modeReturned, ({ async }) => async);
    m.sometimesStep('a switch to sync returns', modeReturned, ({ async }) => async.is(false));
  },
};
