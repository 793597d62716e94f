import { armed, idle, inRwp, inWp, isForm, marked, ofRwp, type Case, type Claim } from './claim.ts';

const registered = ({ before }: Case): boolean =>
  inRwp(before) || inWp(before) || before.registration['missing'] === 'missing';

/** No mark, and no access that is missing for another reason than the VMA's. */
const clean = ({ after }: Case): boolean => {
  const open = !isForm(after, 'present') || after.entry['access'] === 'vma' || !after.around.accessible;
  return !marked(after) && open;
};

const ends = (operation: string, id: string, name: string): readonly Claim[] => [
  {
    id: `${id}-leaves-no-mark`,
    says: `after ${name} what was marked has no mark, and the access that its VMA gives`,
    judge: (one) => {
      if (one.operation !== operation || one.seen.ret !== '0') return undefined;
      if (!registered(one) || !marked(one.before)) return undefined;
      return clean(one);
    },
  },
  {
    id: `${id}-leaves-nobody-asleep`,
    says: `after ${name} no thread sleeps on`,
    judge: (one) => {
      if (one.operation !== operation || one.seen.ret !== '0' || !registered(one) || idle(one.before)) return undefined;
      return idle(one.after);
    },
  },
];

/** Lines 33 to 38. */
export const teardownClaims: readonly Claim[] = [
  {
    id: 'async-lets-sleepers-go',
    says: 'switching to async lets whoever sleeps on an armed page go on',
    of: ofRwp,
    judge: (one) => {
      const { operation, seen, before, after } = one;
      if (operation !== 'set-mode async' || seen.ret !== '0' || idle(before)) return undefined;
      return inRwp(before) && armed(before) && isForm(before, 'present') ? idle(after) : undefined;
    },
  },
  ...ends('unregister', 'unregister', 'UNREGISTER'),
  ...ends('close', 'close', 'close'),
];
