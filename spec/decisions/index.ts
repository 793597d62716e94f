import type { Declared } from './declared.ts';
import { protectionDecisions, type ProtectionDecisions } from './protection.ts';
import { swapDecisions, type SwapDecisions } from './swap.ts';
import { migrationDecisions, type MigrationDecisions } from './migration.ts';
import { mprotectDecisions, type MprotectDecisions } from './mprotect.ts';
import { registrationDecisions, type RegistrationDecisions } from './registration.ts';
import { hugetlbDecisions, type HugetlbDecisions } from './hugetlb.ts';
import { faultsDecisions, type FaultsDecisions } from './faults.ts';
import { fillsDecisions, type FillsDecisions } from './fills.ts';
import { movingDecisions, type MovingDecisions } from './moving.ts';
import { forkingDecisions, type ForkingDecisions } from './forking.ts';
import { flushesDecisions, type FlushesDecisions } from './flushes.ts';

/**
 * Every point at which designs, kernel versions or bugs differ. A design is one record of these; a mutant changes one.
 *
 * Each group has a file; each decision its values and the kernel function that takes it.
 */
export interface Decisions
  extends
    ProtectionDecisions,
    SwapDecisions,
    MigrationDecisions,
    MprotectDecisions,
    RegistrationDecisions,
    FillsDecisions,
    MovingDecisions,
    ForkingDecisions,
    FaultsDecisions,
    FlushesDecisions,
    HugetlbDecisions {}

/** All decisions, with their values and the kernel functions that take them. */
export const decisionDeclarations: Declared<Decisions> = {
  ...protectionDecisions,
  ...swapDecisions,
  ...migrationDecisions,
  ...mprotectDecisions,
  ...registrationDecisions,
  ...fillsDecisions,
  ...movingDecisions,
  ...forkingDecisions,
  ...faultsDecisions,
  ...flushesDecisions,
  ...hugetlbDecisions,
};

type Entries = [keyof Decisions, { readonly values: readonly never[]; readonly path: string; readonly name: string }][];

const entries = Object.entries(decisionDeclarations) as Entries;

/** The values that each decision can take, for flipping and for checking mutant files. */
export const decisionValues = Object.fromEntries(entries.map(([name, { values }]) => [name, values])) as unknown as {
  readonly [D in keyof Decisions]: readonly Decisions[D][];
};

/** The kernel function that takes each decision. */
export const decisionAnchors = Object.fromEntries(entries.map(([of, { path, name }]) => [of, { path, name }])) as {
  readonly [D in keyof Decisions]: { readonly path: string; readonly name: string };
};
