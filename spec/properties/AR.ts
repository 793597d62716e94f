import { and, bool, exists } from '../../checker/language/index.ts';
import { accessCompletes, messageQueued, registerCalled, unregisterReturned } from '../events.ts';
import type { Property } from './property.ts';

/** AR: after close or UNREGISTER has returned, nothing of userfaultfd is left in the entries. */
export const AR: Property = {
  id: 'AR',
  title: 'access restored',
  says: 'after UNREGISTER or close has returned, no entry is marked, inaccessible because of it, or reported',
  describe(m, { pages, entryIs, accessible, hintsPossible }) {
    const ended = m.ghost('ended', bool, false)();
    m.on(unregisterReturned, () => [ended.becomes(true)]);
    m.on(registerCalled, () => [ended.becomes(false)]);
    m.never(
      'an entry is still marked',
      and(
        ended,
        exists(pages, (p) => entryIs(p, { uffd: 'uffd' })),
      ),
    );
    if (!hintsPossible) {
      m.never(
        'an entry is still without access',
        and(
          ended,
          accessible,
          exists(pages, (p) => entryIs(p, { form: 'present', access: 'no-access' })),
        ),
      );
    }
    m.neverStep('a fault is still reported', messageQueued, () => ended);
    m.sometimesStep('an access completes after the end of the registration', accessCompletes, () => ended);
  },
};
