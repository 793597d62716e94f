import type { KernelFunction } from '../machine/kernel-function.ts';
import type { MachineDescription } from '../machine/machine.ts';
import type { Backing } from './backings.ts';

const known = new WeakMap<MachineDescription, Map<Backing, MachineDescription>>();

/** True for a function that can meet memory of a kind. */
function meets({ only }: KernelFunction, backing: Backing): boolean {
  return only?.includes(backing) ?? true;
}

/** What a kind of memory can ask of a function, where that is not everything that the payload has. */
const asks: Readonly<Record<string, (backing: Backing) => readonly string[]>> = {
  page: (backing) => (backing === 'anon' ? ['anon'] : ['anon', 'file']),
  copies: (backing) => (backing === 'anon' ? ['yes'] : ['no', 'yes']),
  file: (backing) => (backing === 'anon' ? ['no'] : ['yes']),
  writable: (backing) => (backing === 'shmem' || backing === 'hugetlb' ? ['no', 'yes'] : ['no']),
};

/** The function with the payload that a kind of memory can give it. */
function asked(of: KernelFunction, backing: Backing): KernelFunction {
  const payload = Object.entries(of.payload).map(([name, values]) => [name, asks[name]?.(backing) ?? values] as const);
  return { ...of, payload: Object.fromEntries(payload) };
}

/** The entry of one kind of memory: the same regions, and the kernel functions that can meet it, with what they can be asked. */
export function entryOf(machine: MachineDescription, backing: Backing): MachineDescription {
  const of = known.get(machine) ?? new Map<Backing, MachineDescription>();
  known.set(machine, of);
  const found = of.get(backing) ?? {
    ...machine,
    functions: machine.functions.filter((one) => meets(one, backing)).map((one) => asked(one, backing)),
  };
  of.set(backing, found);
  return found;
}
