import { and, exists, not } from '../../checker/language/index.ts';
import type { Property } from './property.ts';

/** I1: in an RWP VMA the uffd bit and the missing access say the same. */
export const I1: Property = {
  id: 'I1',
  title: 'the bit and the missing access agree',
  says: 'in an RWP VMA a present entry carries the uffd bit exactly when it is inaccessible because of RWP',
  describe(m, { pages, protects, entryIs, traps }) {
    const rwp = protects('rwp');
    m.never(
      'in an RWP VMA a present entry has the bit and gives access',
      exists(pages, (p) => and(rwp, entryIs(p, { form: 'present', uffd: 'uffd', access: 'vma' }))),
    );
    m.never(
      'in an RWP VMA an entry traps without the bit',
      exists(pages, (p) => and(rwp, traps(p), not(entryIs(p, { uffd: 'uffd' })))),
    );
    m.sometimes(
      'an entry of an RWP VMA traps',
      exists(pages, (p) => and(rwp, traps(p))),
    );
  },
};
