import type { Claim } from './claim.ts';
import { faultClaims } from './faults.ts';
import { observationClaims } from './observation.ts';
import { protectionClaims } from './protection.ts';
import { registrationClaims } from './registration.ts';
import { survivalClaims } from './survival.ts';
import { teardownClaims } from './teardown.ts';

export type { Case, Claim, Situation } from './claim.ts';

/** Every claim, in the order of the lines of the contract. */
export const claims: readonly Claim[] = [
  ...registrationClaims,
  ...protectionClaims,
  ...faultClaims,
  ...survivalClaims,
  ...observationClaims,
  ...teardownClaims,
];
