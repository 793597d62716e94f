import { armed, idle, keeps, inRwp, inWp, ofRwp, unchanged, type Case, type Claim } from './claim.ts';

const registers = ({ operation }: Case): boolean => /^register (?!-)/.test(operation);
const succeeds = ({ seen }: Case): boolean => seen.ret === '0';
const asks = ({ operation }: Case, mode: 'wp' | 'rwp'): boolean =>
  operation.replace('register ', '').split(',').includes(mode);

/** Lines 1 to 4. */
export const registrationClaims: readonly Claim[] = [
  {
    id: 'rwprotect-leaves-wp-alone',
    says: 'RWPROTECT changes nothing of a page that WP has marked',
    of: ofRwp,
    judge: (one) => {
      if (!one.operation.startsWith('rwprotect ') || !idle(one.before)) return undefined;
      return inWp(one.before) && armed(one.before) ? keeps(one, 'form', 'uffd', 'access', 'write') : undefined;
    },
  },
  {
    id: 'never-both',
    says: 'registering for WP and RWP at once is refused',
    of: ofRwp,
    judge: (one) => {
      if (!registers(one) || !asks(one, 'wp') || !asks(one, 'rwp')) return undefined;
      return !succeeds(one) && unchanged(one);
    },
  },
  {
    id: 'register-drops-nothing',
    says: 'registering without the protection that the VMA has returns EBUSY and changes nothing',
    judge: (one) => {
      const { before } = one;
      if (!registers(one) || !before.around.accessible || (asks(one, 'wp') && asks(one, 'rwp'))) return undefined;
      const drops = (inRwp(before) && !asks(one, 'rwp')) || (inWp(before) && !asks(one, 'wp'));
      return drops ? one.seen.ret === 'EBUSY' && unchanged(one) : undefined;
    },
  },
  {
    id: 'register-refuses-inaccessible',
    says: 'registering a VMA that nobody may access for RWP returns EINVAL',
    of: ofRwp,
    judge: (one) => {
      const { accessible, descriptor } = one.before.around;
      if (!registers(one) || !asks(one, 'rwp') || accessible || !descriptor) return undefined;
      return one.seen.ret === 'EINVAL' && unchanged(one);
    },
  },
  {
    id: 'register-arms-nothing',
    says: 'what was not armed before registering is not armed after it',
    judge: (one) => {
      if (!registers(one) || !succeeds(one) || !idle(one.before) || armed(one.before)) return undefined;
      return !armed(one.after);
    },
  },
  {
    id: 'register-disarms-nothing',
    says: 'what was armed before registering is armed after it',
    judge: (one) => {
      if (!registers(one) || !idle(one.before) || !armed(one.before)) return undefined;
      return armed(one.after);
    },
  },
];
