import { and, bool, exists, not, or } from '../../checker/language/index.ts';
import { armCalled, endReturned, messageQueued } from '../events.ts';
import type { Property } from './property.ts';

/**
 * SF: no stuck fault, its safety part.
 *
 * A state is *quiescent* when nobody has anything left that must be done: every program may end here. A manager that
 * answers must read what is readable and answer what it has read, so a thread that sleeps in such a state was answered
 * already, or there is nobody left who could. Where the manager reads nothing, a thread may sleep on an armed page; but
 * not on one whose unprotecting, with its wake-up, has returned, and that nobody has armed since.
 */
export const SF: Property = {
  id: 'SF',
  title: 'no stuck fault',
  says: 'when nobody has anything left to do, no thread sleeps in a fault that was answered or that nobody can answer',
  describe(m, { cpus, pages, asleep, asleepOn, answers, managerStuck }) {
    if (answers) {
      m.neverQuiescent('a thread sleeps in a fault, and nobody will wake it', exists(cpus, asleep));
      m.neverQuiescent('the manager sleeps in a fault on its own protection', managerStuck);
    } else {
      const mayArmed = m.ghost('mayArmed', bool, false, pages);
      m.on(armCalled, ({ page }) => [mayArmed(page).becomes(true)]);
      m.on(endReturned, ({ page }) => [mayArmed(page).becomes(false)]);
      const slept = exists(pages, (v) => exists(cpus, (c) => and(asleepOn(c, v), not(mayArmed(v)))));
      m.neverQuiescent('a thread sleeps on a page that was unprotected and woken for, and not armed since', or(slept));
    }
    m.sometimes('a thread sleeps in a fault', exists(cpus, asleep));
    m.sometimesStep('a message is queued', messageQueued);
  },
};
