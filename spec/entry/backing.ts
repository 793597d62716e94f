import type { KernelFunction } from '../machine/kernel-function.ts';
import type { MachineDescription } from '../machine/machine.ts';
import type { Backing } from './backings.ts';

const known = new WeakMap<MachineDescription, Map<Backing, MachineDescription>>();

/** True for a function that can meet memory of a kind. */
function meets({ only }: KernelFunction, backing: Backing): boolean {
  return only?.includes(backing) ?? true;
}

/** The entry of one kind of memory: the same regions, and the kernel functions that can meet it. */
export function entryOf(machine: MachineDescription, backing: Backing): MachineDescription {
  const of = known.get(machine) ?? new Map<Backing, MachineDescription>();
  known.set(machine, of);
  const found = of.get(backing) ?? {
    ...machine,
    functions: machine.functions.filter((one) => meets(one, backing)),
  };
  of.set(backing, found);
  return found;
}
