import { endLines } from './ends.ts';
import { faultLines } from './faults.ts';
import type { ContractLine } from './line.ts';
import { observationLines } from './observation.ts';
import { registrationLines } from './registration.ts';
import { rwprotectLines } from './rwprotect.ts';
import { survivalLines } from './survives.ts';
import { teardownLines } from './teardown.ts';

export * from './line.ts';

/** What user space is promised, line by line, in the order of their numbers. */
export const contract: readonly ContractLine[] = [
  ...registrationLines,
  ...rwprotectLines,
  ...faultLines,
  ...survivalLines,
  ...endLines,
  ...observationLines,
  ...teardownLines,
];
