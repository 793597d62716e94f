import { armed, idle, inRwp, inWp, isForm, keeps, marked, ofRwp, type Case, type Claim } from './claim.ts';

const arms = ({ operation, seen, before }: Case): boolean =>
  operation === 'rwprotect on' && seen.ret === '0' && inRwp(before);
const resolves = ({ operation, seen, before }: Case): boolean =>
  seen.ret === '0' &&
  ((operation === 'rwprotect off' && inRwp(before)) || (operation === 'writeprotect off' && inWp(before)));

/** Lines 5 to 10. */
export const protectionClaims: readonly Claim[] = [
  {
    id: 'arming-arms',
    says: 'after RWPROTECT every page that is there has the bit, and no access if it is present',
    of: ofRwp,
    judge: (one) => {
      if (!arms(one) || !isForm(one.before, 'present', 'swap')) return undefined;
      return marked(one.after) && (!isForm(one.after, 'present') || one.after.entry['access'] === 'no-access');
    },
  },
  {
    id: 'arming-keeps-the-page',
    says: 'RWPROTECT leaves form, content, dirty and young bit as they are',
    of: ofRwp,
    judge: (one) => {
      if (!arms(one) || isForm(one.before, 'none')) return undefined;
      return (
        keeps(one, 'form', 'maps', 'dirty', 'young', 'exclusive', 'swap') &&
        one.before.around.content === one.after.around.content
      );
    },
  },
  {
    id: 'arming-populates-nothing',
    says: 'RWPROTECT leaves an empty entry empty',
    of: ofRwp,
    judge: (one) => (arms(one) && isForm(one.before, 'none') ? isForm(one.after, 'none') : undefined),
  },
  {
    id: 'resolving-restores',
    says: 'unprotecting takes the mark away, and gives a present page of an accessible VMA its access',
    judge: (one) => {
      const { before, after } = one;
      if (!resolves(one) || !idle(before) || !armed(before)) return undefined;
      const open = !isForm(after, 'present') || after.entry['access'] === 'vma' || !after.around.accessible;
      return !marked(after) && open;
    },
  },
  {
    id: 'resolving-wakes',
    says: 'unprotecting a page that is there lets whoever sleeps on it go on',
    judge: (one) => {
      if (!resolves(one) || idle(one.before) || !isForm(one.before, 'present')) return undefined;
      return idle(one.after) && one.seen.thread === 'done';
    },
  },
  {
    id: 'protecting-twice-is-once',
    says: 'protecting or unprotecting once more returns 0 and changes nothing',
    judge: (one) => {
      const { operation, seen, before, after } = one;
      if (!/^(rw|write)protect (on|off)$/.test(operation) || seen.ret !== '0' || !idle(before)) return undefined;
      if (!armed(after) && operation.endsWith('on') && !isForm(after, 'none')) return undefined;
      return one.then(operation).every((way) => way.observation.ret === '0' && way.next === after.id);
    },
  },
];
