import { and, type Protocol } from '../checker/language/index.ts';
import { properties, propertyIds, registerReturned, type PropertyId } from '../spec/index.ts';
import { cpuProgram } from './cpu/program.ts';
import { faultAround } from './environment/fault-around.ts';
import { fork } from './environment/fork.ts';
import { migration } from './environment/migration.ts';
import { mprotect } from './environment/mprotect.ts';
import { mremap } from './environment/mremap.ts';
import { numa } from './environment/numa.ts';
import { reclaim } from './environment/reclaim.ts';
import { swapoff } from './environment/swapoff.ts';
import { noDeadlock } from './deadlock.ts';
import { Kernel } from './kernel.ts';
import { declareManager } from './manager/manager.ts';
import { managerProgram } from './manager/program.ts';
import { register } from './manager/register.ts';
import type { WorldOptions } from './options.ts';

const environment = { reclaim, migration, mprotect, numa, swapoff, 'fault-around': faultAround, mremap, fork };

/** A protocol, and the kernel state that it was built on. */
export interface BuiltWorld {
  readonly kernel: Kernel;
  readonly protocol: Protocol;
}

/** Where a design refuses WP together with RWP, the refusal is what is checked: a manager that registers is enough. */
function refusalWorld(kernel: Kernel): BuiltWorld {
  register(kernel, declareManager(kernel));
  kernel.protocol.property('refusal', (m) => {
    m.neverStep('REGISTER accepts WP together with RWP', registerReturned, ({ wp, rwp }) => and(wp, rwp));
    m.sometimesStep('REGISTER refuses', registerReturned, ({ refused }) => refused);
  });
  return { kernel, protocol: kernel.protocol.build() };
}

/** Builds the protocol of a scenario: processors, manager, environment, and the properties that watch them. */
export function buildWorld(
  options: WorldOptions,
  watched: readonly PropertyId[] = propertyIds,
  refuses = false,
): BuiltWorld {
  const kernel = new Kernel(options);
  if (refuses) return refusalWorld(kernel);
  cpuProgram(kernel);
  const manager = managerProgram(kernel);
  for (const actor of options.environment) environment[actor](kernel);
  const world = { ...kernel.world(), managerStuck: manager.process.pc.is('stuck') };
  if (watched.length > 0) noDeadlock(kernel);
  for (const id of watched) {
    kernel.protocol.property(id, (monitor) => properties[id].describe(monitor, world));
  }
  return { kernel, protocol: kernel.protocol.build() };
}
