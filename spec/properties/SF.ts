import { exists } from '../../checker/language/index.ts';
import { messageQueued } from '../events.ts';
import type { Property } from './property.ts';

/**
 * SF: no stuck fault, its safety part.
 *
 * A state is *quiescent* when nobody has anything left that must be done: every program may end here. The manager must
 * read what is readable and answer what it has read, so a thread that sleeps in such a state was answered already, or
 * there is nobody left who could.
 */
export const SF: Property = {
  id: 'SF',
  title: 'no stuck fault',
  says: 'when nobody has anything left to do, no thread sleeps in a fault',
  describe(m, { cpus, asleep, managerStuck }) {
    m.neverQuiescent('a thread sleeps in a fault, and nobody will wake it', exists(cpus, asleep));
    m.neverQuiescent('the manager sleeps in a fault on its own protection', managerStuck);
    m.sometimes('a thread sleeps in a fault', exists(cpus, asleep));
    m.sometimesStep('a message is queued', messageQueued);
  },
};
