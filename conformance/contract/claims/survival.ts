import {
  armed,
  idle,
  inRwp,
  inWp,
  isForm,
  keeps,
  marked,
  ofAnon,
  ofRwp,
  ofShmem,
  type Case,
  type Claim,
} from './claim.ts';

const zaps = ({ operation }: Case): boolean => /^(dontneed|punch|remove)$/.test(operation);

/** Lines 18 to 29. */
export const survivalClaims: readonly Claim[] = [
  {
    id: 'reclaim-keeps-the-mark',
    says: 'an armed page that reclaim takes is armed where it goes',
    judge: (one) => {
      if (one.operation !== 'pageout' || !idle(one.before) || !armed(one.before)) return undefined;
      return ofShmem(one.session) && inWp(one.before) ? undefined : armed(one.after);
    },
  },
  {
    id: 'reclaim-of-shmem-keeps-wp',
    says: 'a write-protected page of a shared file that reclaim takes leaves a marker',
    of: ofShmem,
    judge: (one) => {
      if (one.operation !== 'pageout' || !idle(one.before) || !inWp(one.before) || !armed(one.before)) return undefined;
      return armed(one.after);
    },
  },
  {
    id: 'migration-keeps-the-mark',
    says: 'an armed page that is moved to another frame stays armed',
    judge: (one) => {
      if (one.operation !== 'migrate' || one.seen.moved !== true || !armed(one.before)) return undefined;
      return armed(one.after) && keeps(one, 'access');
    },
  },
  {
    id: 'mprotect-keeps-the-mark',
    says: 'mprotect leaves an armed page armed, and without access if it is present',
    of: ofRwp,
    judge: (one) => {
      if (!one.operation.startsWith('mprotect ') || !idle(one.before)) return undefined;
      if (!inRwp(one.before) || !armed(one.before)) return undefined;
      return armed(one.after) && (!isForm(one.after, 'present') || one.after.entry['access'] === 'no-access');
    },
  },
  {
    id: 'zap-ends-rwp',
    says: 'an armed page that is thrown away leaves an empty entry',
    of: ofRwp,
    judge: (one) => {
      if (!zaps(one) || !idle(one.before) || !inRwp(one.before) || !armed(one.before)) return undefined;
      return isForm(one.after, 'none') && !marked(one.after);
    },
  },
  {
    id: 'zap-of-shmem-keeps-wp',
    says: 'a write-protected page of a shared file that is thrown away leaves a marker',
    of: ofShmem,
    judge: (one) => {
      if (!zaps(one) || !idle(one.before) || !inWp(one.before) || !armed(one.before)) return undefined;
      return armed(one.after);
    },
  },
  {
    id: 'zap-of-anon-ends-wp',
    says: 'a write-protected anonymous page that is thrown away leaves an empty entry',
    of: ofAnon,
    judge: (one) => {
      if (!zaps(one) || !idle(one.before) || !inWp(one.before) || !armed(one.before)) return undefined;
      return isForm(one.after, 'none') && !marked(one.after);
    },
  },
  {
    id: 'wp-of-empty-anon',
    says: 'WRITEPROTECT marks an empty anonymous entry where the context has WP_UNPOPULATED, and only there',
    of: ofAnon,
    judge: ({ operation, seen, before, after }) => {
      if (operation !== 'writeprotect on' || seen.ret !== '0' || !inWp(before) || !isForm(before, 'none')) {
        return undefined;
      }
      return isForm(after, 'marker') === before.wpAsync;
    },
  },
  {
    id: 'new-entries-are-unprotected',
    says: 'what an access or a fill puts into an empty entry is not marked',
    judge: ({ operation, before, after }) => {
      if (!/^(touch [rw]|copy|zeropage)$/.test(operation) || !idle(before)) return undefined;
      return isForm(before, 'none') && isForm(after, 'present') ? !marked(after) : undefined;
    },
  },
  {
    id: 'fill-protects-when-asked',
    says: 'a page that is filled with MODE_WP arrives write-protected',
    judge: ({ operation, seen, before, after }) => {
      if (operation !== 'copy wp' || seen.ret !== '0' || !idle(before)) return undefined;
      return marked(after) && after.entry['write'] === 'no';
    },
  },
];
