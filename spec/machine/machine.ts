import type { KernelFunction } from './kernel-function.ts';

/** One region of a parallel machine: a few named states. */
export interface Region {
  readonly name: string;
  readonly says: string;
  /** The first is the initial one. */
  readonly states: readonly string[];
  /** Its values are told apart from all others by themselves: names of configurations leave the region's name out. */
  readonly bare?: boolean;
}

/** A parallel machine: its regions, and the kernel functions that are its events. */
export interface MachineDescription {
  readonly name: string;
  readonly regions: readonly Region[];
  readonly functions: readonly KernelFunction[];
  /** Where a world may begin beside the initial states: the regions that differ from them. */
  readonly starts?: readonly Configuration[];
}

/** The value of every region. */
export type Configuration = Readonly<Record<string, string>>;

/** The configuration that the machine starts in. */
export function initialConfiguration(machine: MachineDescription): Configuration {
  return Object.fromEntries(machine.regions.map((r) => [r.name, r.states[0] as string]));
}

/** All combinations of the payload of a function. */
export function payloads(of: KernelFunction): readonly Configuration[] {
  return Object.entries(of.payload).reduce<Configuration[]>(
    (all, [name, values]) => all.flatMap((p) => values.map((value) => ({ ...p, [name]: value }))),
    [{}],
  );
}
