import { marked, completes, idle, inRwp, inWp, isForm, ofRwp, touches, type Case, type Claim } from './claim.ts';

const reports = ({ seen }: Case, category: 'ACCESSED' | 'WRITTEN'): boolean => seen.entry.scan.includes(category);

/** Forms of an entry in which there is a page. */
const pages = ['present', 'swap', 'migration'] as const;
/** Forms of an entry that refuses every access. */
const refusing = ['poison', 'guard'] as const;

/** Lines 30 to 32. */
export const observationClaims: readonly Claim[] = [
  {
    id: 'armed-is-not-accessed',
    says: 'after RWPROTECT a page is not reported as accessed',
    of: ofRwp,
    judge: (one) => {
      if (one.operation !== 'rwprotect on' || one.seen.ret !== '0' || !inRwp(one.before)) return undefined;
      return isForm(one.before, ...pages) ? !reports(one, 'ACCESSED') : undefined;
    },
  },
  {
    id: 'poison-is-not-accessed',
    says: 'after RWPROTECT what is poisoned or a guard is not reported as accessed',
    of: ofRwp,
    judge: (one) => {
      if (one.operation !== 'rwprotect on' || one.seen.ret !== '0' || !inRwp(one.before)) return undefined;
      return isForm(one.before, ...refusing) ? !reports(one, 'ACCESSED') : undefined;
    },
  },
  {
    id: 'access-is-reported',
    says: 'a page of an RWP VMA that was accessed is reported as accessed',
    of: ofRwp,
    judge: (one) => {
      if (!touches(one) || !completes(one) || !inRwp(one.before)) return undefined;
      return reports(one, 'ACCESSED');
    },
  },
  {
    id: 'reclaim-keeps-the-access',
    says: 'a page of an RWP VMA that was accessed is still reported as accessed when reclaim has taken it',
    of: ofRwp,
    judge: (one) => {
      if (one.operation !== 'pageout' || !idle(one.before) || !inRwp(one.before)) return undefined;
      if (!isForm(one.before, 'present') || marked(one.before) || isForm(one.after, 'present')) return undefined;
      return reports(one, 'ACCESSED');
    },
  },
  {
    id: 'protected-is-not-written',
    says: 'after WRITEPROTECT a page is not reported as written',
    judge: (one) => {
      if (one.operation !== 'writeprotect on' || one.seen.ret !== '0' || !inWp(one.before)) return undefined;
      return isForm(one.before, ...pages, 'marker') ? !reports(one, 'WRITTEN') : undefined;
    },
  },
  {
    id: 'poison-is-not-written',
    says: 'after WRITEPROTECT what is poisoned or a guard is not reported as written',
    judge: (one) => {
      if (one.operation !== 'writeprotect on' || one.seen.ret !== '0' || !inWp(one.before)) return undefined;
      return isForm(one.before, ...refusing) ? !reports(one, 'WRITTEN') : undefined;
    },
  },
  {
    id: 'write-is-reported',
    says: 'a page of a WP VMA that was written is reported as written',
    judge: (one) => {
      if (one.operation !== 'touch w' || !completes(one) || !inWp(one.before)) return undefined;
      return reports(one, 'WRITTEN');
    },
  },
  {
    id: 'removal-is-written',
    says: 'a page whose content MADV_DONTNEED of private memory, or MADV_REMOVE of a file, takes away is reported as written',
    judge: (one) => {
      const { operation, session, before } = one;
      if (operation !== (session.backing === 'anon' ? 'dontneed' : 'remove') || !idle(before)) return undefined;
      return inWp(before) && before.wpAsync && isForm(before, 'present') ? reports(one, 'WRITTEN') : undefined;
    },
  },
  {
    id: 'written-in-wp-only',
    says: 'nothing is reported as written outside a WP VMA',
    judge: (one) => (inWp(one.after) ? undefined : !reports(one, 'WRITTEN')),
  },
  {
    id: 'scan-protects-what-it-reports',
    says: 'a page that a protecting scan reports is protected, and one that it does not report was',
    judge: ({ operation, seen, before, after }) => {
      if (operation !== 'scan-wp' || !inWp(before) || !before.wpAsync || !idle(before)) return undefined;
      return seen.scanned?.includes('WRITTEN') ? marked(after) && !seen.entry.scan.includes('WRITTEN') : marked(before);
    },
  },
];
