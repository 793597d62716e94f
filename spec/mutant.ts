import type { Decisions } from './decisions/index.ts';
import { designs, type Design, type DesignName } from './designs/index.ts';
import { entryMachine } from './entry/entry.ts';
import type { Branch } from './machine/kernel-function.ts';
import { ruleId } from './machine/kernel-function.ts';
import type { MachineDescription } from './machine/machine.ts';
import { registrationMachine } from './registration/registration.ts';
import { waiterMachine } from './waiter/waiter.ts';

/** What a mutant may make of a branch of a kernel function. */
export type BranchChange = (branch: Branch) => Branch;

/** The machines of a design, with the branches that a mutant changed. */
export interface Machines {
  readonly entry: MachineDescription;
  readonly registration: MachineDescription;
  readonly waiter: MachineDescription;
}

/** The machines as they are written. */
export const machines: Machines = { entry: entryMachine, registration: registrationMachine, waiter: waiterMachine };

/** The ids of all branches of all kernel functions. */
export const branchIds: readonly string[] = Object.values(machines).flatMap((machine: MachineDescription) =>
  machine.functions.flatMap((of) => of.branches.map((branch) => ruleId(of, branch))),
);

/** The machines with some branches replaced. */
export function changeBranches(changes: ReadonlyMap<string, BranchChange>): Machines {
  const changed = (machine: MachineDescription): MachineDescription => ({
    ...machine,
    functions: machine.functions.map((of) => ({
      ...of,
      branches: of.branches.map((branch) => changes.get(ruleId(of, branch))?.(branch) ?? branch),
    })),
  });
  return {
    entry: changed(machines.entry),
    registration: changed(machines.registration),
    waiter: changed(machines.waiter),
  };
}

/** A design with some decisions taken otherwise. */
export function withDecisions(design: Design, decisions: Partial<Decisions>): Design {
  return { ...design, decisions: { ...design.decisions, ...decisions } };
}

/** The design of a name. */
export function designOf(name: DesignName): Design {
  return designs[name];
}
