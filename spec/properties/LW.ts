import { and, bool, choose, literal, not, oneOf } from '../../checker/language/index.ts';
import { accessCompletes, discarded, emptied, endReturned, populated, restored, saved, staged } from '../events.ts';
import type { Property } from './property.ts';

const goneDomain = oneOf('gone', 'no', 'emptied', 'gone');

/**
 * LW: no lost write.
 *
 * Each copy of a page's content has one bit: is it the newest? A write makes the copy that it reaches the newest, and
 * no other is. An access that reaches a copy which is not the newest has lost a write; so has one that reaches, through
 * a translation that should be gone, the place that the page has left.
 */
export const LW: Property = {
  id: 'LW',
  title: 'no lost write',
  says: 'an access finds the last write to its page, wherever the page has been meanwhile',
  describe(m, { pages, populatedAtStart, evicts }) {
    const live = m.ghost('live', bool, populatedAtStart, pages);
    const stagedNewest = m.ghost('staged', bool, false, pages);
    const savedNewest = m.ghost('saved', bool, false, pages);
    const hasContent = m.ghost('hasContent', bool, populatedAtStart, pages);
    const gone = m.ghost('gone', goneDomain, 'no', pages);
    m.on(accessCompletes, ({ page, access, attached }) => {
      const write = access.is('write');
      return [
        live(page).becomes(choose(write, attached, live(page))),
        stagedNewest(page).becomes(choose(write, not(attached), stagedNewest(page))),
        savedNewest(page).becomes(and(savedNewest(page), not(write))),
      ];
    });
    m.on(staged, ({ page }) => [stagedNewest(page).becomes(live(page)), live(page).becomes(false)]);
    m.on(saved, ({ page, from }) => [
      savedNewest(page).becomes(choose(from.is('staged'), stagedNewest(page), live(page))),
    ]);
    m.on(emptied, ({ page }) => [live(page).becomes(false), gone(page).becomes('emptied')]);
    m.on(discarded, ({ page }) => [hasContent(page).becomes(false)]);
    m.on(endReturned, ({ page }) => [
      gone(page).becomes(choose(gone(page).is('no'), gone(page), literal(goneDomain, 'gone'))),
    ]);
    m.on(restored, ({ page }) => [live(page).becomes(savedNewest(page))]);
    m.on(populated, ({ page }) => [
      // A fresh page is the newest where there was nothing; where there was, somebody dropped what nobody took away.
      live(page).becomes(not(hasContent(page))),
      hasContent(page).becomes(true),
      gone(page).becomes('no'),
    ]);
    m.neverStep('an access finds content that is not the newest', accessCompletes, ({ page, attached }) =>
      and(attached, not(live(page))),
    );
    m.neverStep(
      'an access reaches the place that a page in swap or on the move has left',
      accessCompletes,
      (e) => e.elsewhere,
    );
    m.neverStep('an access reaches content after the call that took it away', accessCompletes, ({ page, attached }) =>
      and(not(attached), gone(page).is('gone')),
    );
    if (evicts) {
      m.sometimesStep('an evicted page is fetched back', restored);
      m.sometimesStep('the page is saved', saved);
    }
    m.sometimesStep('an access completes', accessCompletes);
  },
};
