import type { Protocol } from '../checker/language/index.ts';
import { properties, propertyIds, type PropertyId } from '../spec/index.ts';
import { cpuProgram } from './cpu/program.ts';
import { migration } from './environment/migration.ts';
import { mprotect } from './environment/mprotect.ts';
import { numa } from './environment/numa.ts';
import { reclaim } from './environment/reclaim.ts';
import { Kernel } from './kernel.ts';
import { managerProgram } from './manager/program.ts';
import type { WorldOptions } from './options.ts';

const environment = { reclaim, migration, mprotect, numa };

/** A protocol, and the kernel state that it was built on. */
export interface BuiltWorld {
  readonly kernel: Kernel;
  readonly protocol: Protocol;
}

/** Builds the protocol of a scenario: processors, manager, environment, and the properties that watch them. */
export function buildWorld(options: WorldOptions, watched: readonly PropertyId[] = propertyIds): BuiltWorld {
  const kernel = new Kernel(options);
  cpuProgram(kernel);
  const manager = managerProgram(kernel);
  for (const actor of options.environment) environment[actor](kernel);
  const world = { ...kernel.world(), managerStuck: manager.process.pc.is('stuck') };
  for (const id of watched) {
    kernel.protocol.property(id, (monitor) => properties[id].describe(monitor, world));
  }
  return { kernel, protocol: kernel.protocol.build() };
}
