import type { Case, Claim } from './claim.ts';
import { armed, completes, idle, inRwp, inWp, isForm, marked, ofAnon, ofRwp, resolvesAlone, touches } from './claim.ts';

/** An idle thread touches a page that it may read and write. */
const meets = (one: Case): boolean => touches(one) && idle(one.before) && one.before.around.prot === 'rw';
const stops = ({ before, operation }: Case): boolean => armed(before) && (inRwp(before) || operation === 'touch w');
const missing = ({ before }: Case): boolean => before.registration['missing'] === 'missing';

/** Lines 11 to 17. */
export const faultClaims: readonly Claim[] = [
  {
    id: 'sync-stops-accesses',
    says: 'in sync mode an access that the protection is about blocks',
    judge: (one) => {
      if (!meets(one) || !stops(one) || resolvesAlone(one.before)) return undefined;
      return one.seen.thread === 'blocked';
    },
  },
  {
    id: 'wp-lets-reads-through',
    says: 'a read of a page that is write-protected completes',
    judge: (one) => {
      if (!meets(one) || one.operation !== 'touch r' || !inWp(one.before) || !armed(one.before)) return undefined;
      if (!isForm(one.before, 'present', 'swap')) return undefined;
      return completes(one);
    },
  },
  {
    id: 'flags-tell-the-fault',
    says: 'the message about an access that an armed page stops has the flag of its protection, and with WP that of a write',
    judge: (one) => {
      const { before, seen } = one;
      if (!meets(one) || !stops(one) || seen.thread !== 'blocked' || !isForm(before, 'present')) return undefined;
      const flags = inRwp(before) ? ['rwp'] : ['wp', 'write'];
      const others = inRwp(before) ? ['wp'] : ['rwp'];
      return one.then('read').every(({ observation: { message = [] } }) => {
        return flags.every((flag) => message.includes(flag)) && !others.some((flag) => message.includes(flag));
      });
    },
  },
  {
    id: 'no-access-is-read-only',
    says: 'a page without access has no write permission either',
    judge: ({ after }) => {
      if (!isForm(after, 'present') || after.entry['access'] !== 'no-access') return undefined;
      return after.entry['write'] === 'no';
    },
  },
  {
    id: 'marked-is-read-only',
    says: 'a page that is marked in a protected VMA has no write permission',
    judge: ({ after }) => (isForm(after, 'present') && armed(after) ? after.entry['write'] === 'no' : undefined),
  },
  {
    id: 'async-makes-nothing-clean-writable',
    says: 'a read that async mode resolves gives write permission only to an anonymous page that is ours alone, or dirty',
    of: (session) => ofRwp(session) && ofAnon(session),
    judge: (one) => {
      if (!meets(one) || one.operation !== 'touch r' || !armed(one.before) || !resolvesAlone(one.before))
        return undefined;
      if (!inRwp(one.before) || !isForm(one.after, 'present')) return undefined;
      const { write, exclusive, dirty } = one.after.entry;
      return write === 'no' || exclusive === 'exclusive' || dirty === 'dirty';
    },
  },
  {
    id: 'async-completes',
    says: 'in async mode an access to an armed page completes, and the page is not armed any more',
    judge: (one) => {
      if (!meets(one) || !stops(one) || !resolvesAlone(one.before)) return undefined;
      if (missing(one) && !isForm(one.before, 'present', 'swap')) return undefined;
      return completes(one) && !marked(one.after);
    },
  },
  {
    id: 'waking-resolves-nothing',
    says: 'a thread that an armed page has stopped faults again when it is woken, with a message',
    judge: (one) => {
      if (!meets(one) || !stops(one) || one.seen.thread !== 'blocked') return undefined;
      const again = one.then('read', 'wake', 'read');
      return again.every(({ observation: { thread, message = [] } }) => thread === 'blocked' && message.length > 0);
    },
  },
  {
    id: 'read-once',
    says: 'a message that was read is not read again',
    judge: (one) => {
      if (one.operation !== 'read' || !one.seen.message?.length) return undefined;
      return one.then('read').every(({ observation }) => observation.message?.length === 0);
    },
  },
  {
    id: 'rwp-ignores-empty',
    says: 'an access to an empty entry of an RWP VMA without MISSING completes',
    of: ofRwp,
    judge: (one) => {
      if (!meets(one) || !inRwp(one.before) || missing(one) || !isForm(one.before, 'none')) return undefined;
      return completes(one);
    },
  },
];
