import {
  and,
  bool,
  choose,
  literal,
  not,
  or,
  type Cell,
  type EventKind,
  type Term,
} from '../../checker/language/index.ts';
import {
  accessCompletes,
  accessRefused,
  accessStarts,
  armCalled,
  endReturned,
  messageQueued,
  type Protection,
} from '../events.ts';
import type { Property } from './property.ts';

type At = (...index: readonly Term<number>[]) => Cell<boolean>;

/**
 * FP: no false-positive notification.
 *
 * A page *may be armed* from the call of an operation that may arm it to the return of one that disarms it. A message
 * is justified when the page may have been armed for its reason at some instant between the start of the attempt that
 * it reports and its being queued. The interval is the widest one, so that a violation cannot be talked away.
 */
export const FP: Property = {
  id: 'FP',
  title: 'no false-positive notification',
  says: 'no message tells of a page that nobody may have armed since the access began',
  describe(m, { cpus, pages }) {
    const attempting = m.ghost('attempting', bool, false, cpus, pages);
    const ghosts: Record<Protection, { mayArmed: At; justified: At }> = {
      wp: {
        mayArmed: m.ghost('mayArmedWp', bool, false, pages),
        justified: m.ghost('justifiedWp', bool, false, cpus, pages),
      },
      rwp: {
        mayArmed: m.ghost('mayArmedRwp', bool, false, pages),
        justified: m.ghost('justifiedRwp', bool, false, cpus, pages),
      },
    };
    const yes = literal(bool, true);
    const cpuCodes = cpus.values.map((c) => literal(cpus, c));
    m.on(accessStarts, ({ cpu, page }) => [
      attempting(cpu, page).becomes(true),
      ...Object.values(ghosts).map((g) => g.justified(cpu, page).becomes(g.mayArmed(page))),
    ]);
    const ends: readonly EventKind[] = [accessCompletes, accessRefused];
    for (const end of ends) {
      m.on(end, ({ cpu, page }) => [
        attempting(cpu as Term<number>, page as Term<number>).becomes(false),
        ...Object.values(ghosts).map((g) => g.justified(cpu as Term<number>, page as Term<number>).becomes(false)),
      ]);
    }
    for (const protection of ['wp', 'rwp'] as const) {
      const { mayArmed, justified } = ghosts[protection];
      m.on(armCalled, ({ page, protection: which }) => [
        mayArmed(page).becomes(choose(which.is(protection), yes, mayArmed(page))),
        ...cpuCodes.map((c) =>
          justified(c, page).becomes(choose(and(which.is(protection), attempting(c, page)), yes, justified(c, page))),
        ),
      ]);
      m.on(endReturned, ({ page, protection: which }) => [
        mayArmed(page).becomes(and(mayArmed(page), not(which.is(protection)))),
      ]);
      m.neverStep(`a ${protection} message about a page that nobody may have armed`, messageQueued, (e) =>
        and(e.reason.is(protection), not(justified(e.cpu, e.page))),
      );
    }
    m.sometimesStep('a message is queued', messageQueued, ({ reason }) => or(reason.is('wp'), reason.is('rwp')));
  },
};
