/**
 * What a call that failed has done to a page of its range: all that it does to one page alone (and there it failed), the
 * same and nobody was woken (it failed at a later page), or nothing.
 */
export type Role = 'own' | 'quiet' | 'spared';

/** The roles of a page that a call concerns alone, or that it succeeded on. */
export const ownOnly: readonly Role[] = ['own'];

/** What is known of the pages of a call that failed. */
export interface FailedCall {
  readonly lo: number;
  readonly hi: number;
  /** Whether the call looks at all pages before it changes one. */
  readonly checksFirst: boolean;
  /** True when the page alone could have let the call fail as it did. */
  readonly couldFail: (page: number) => boolean;
  /** True when the page alone could have let the call go on. */
  readonly couldPass: (page: number) => boolean;
}

/**
 * The roles that a page may have had in a call that failed: one page let it fail, and those before it did not. Pages are
 * met in the order of their addresses. Where no page explains the failure, each is to be judged alone.
 */
export function rolesInFailure(call: FailedCall): (page: number) => readonly Role[] {
  const roles = new Map<number, Set<Role>>();
  const add = (page: number, role: Role): void => void roles.set(page, (roles.get(page) ?? new Set()).add(role));
  for (let fails = call.lo; fails <= call.hi; fails++) {
    if (call.couldFail(fails)) {
      for (let page = call.lo; page < fails; page++) add(page, call.checksFirst ? 'spared' : 'quiet');
      add(fails, 'own');
      for (let page = fails + 1; page <= call.hi; page++) add(page, 'spared');
    }
    if (!call.couldPass(fails)) break;
  }
  return (page) => [...(roles.get(page) ?? ownOnly)];
}
