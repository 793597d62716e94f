import type { System, SystemState } from '../../checker/index.ts';
import { leftBehind } from './unasked.ts';

/** True when all but the thread are where they begin, and the thread is about to try its access. */
export function onlyTries(system: System, state: SystemState): boolean {
  const codes = system.codes(state);
  const fresh = system.codes(system.initial);
  const others = system.ground.slots.every(
    ({ name }, slot) => !name.endsWith('.at') || name === 'cpu0.at' || codes[slot] === fresh[slot],
  );
  return others && system.value(state, 'cpu0.at') === 'access';
}

/** The state without what the last call has left behind in user space. */
export function settled(system: System, state: SystemState): SystemState {
  const codes = [...system.codes(state)];
  const fresh = system.codes(system.initial);
  system.ground.slots.forEach(({ name }, slot) => {
    if (leftBehind.test(name)) codes[slot] = fresh[slot] as number;
  });
  return system.stateOf(codes);
}
