import { and, bool, not, type MonitorBuilder, type Term } from '../../checker/language/index.ts';
import { modeCalled, modeReturned } from '../events.ts';

/** What user space knows of the mode: nothing while a switch runs. */
export interface KnownMode {
  /** True from the return of a switch to sync to the call of the next switch. */
  readonly mustSync: Term<boolean>;
  /** True from the return of a switch to async to the call of the next switch. */
  readonly mustAsync: Term<boolean>;
}

/** Ghosts that follow the mode from call to return. */
export function knownMode(m: MonitorBuilder, asyncAtStart: boolean): KnownMode {
  const mustSync = m.ghost('mustSync', bool, !asyncAtStart)();
  const mustAsync = m.ghost('mustAsync', bool, asyncAtStart)();
  m.on(modeCalled, ({ async }) => [
    mustSync.becomes(and(mustSync, not(async))),
    mustAsync.becomes(and(mustAsync, async)),
  ]);
  m.on(modeReturned, ({ async }) => [mustSync.becomes(async.is(false)), mustAsync.becomes(async)]);
  return { mustSync, mustAsync };
}
