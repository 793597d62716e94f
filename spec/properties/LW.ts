import { and, bool, choose, literal, not, or } from '../../checker/language/index.ts';
import { accessCompletes, emptied, populated, restored, saved, staged } from '../events.ts';
import type { Property } from './property.ts';

/**
 * LW: no lost write across evict and fetch.
 *
 * Each copy of a page's content has one bit: is it the newest? A write makes the copy that it reaches the newest, and
 * no other is. An access that reaches a copy which is not the newest has lost a write.
 */
export const LW: Property = {
  id: 'LW',
  title: 'no lost write',
  says: 'an access to a page that was evicted and fetched back finds the last write to it',
  describe(m, { pages, populatedAtStart }) {
    const live = m.ghost('live', bool, populatedAtStart, pages);
    const stagedNewest = m.ghost('staged', bool, false, pages);
    const savedNewest = m.ghost('saved', bool, false, pages);
    const hadContent = m.ghost('hadContent', bool, populatedAtStart, pages);
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
    m.on(emptied, ({ page }) => [live(page).becomes(false)]);
    m.on(restored, ({ page }) => [live(page).becomes(savedNewest(page))]);
    m.on(populated, ({ page }) => [
      live(page).becomes(or(live(page), not(hadContent(page)))),
      hadContent(page).becomes(literal(bool, true)),
    ]);
    m.neverStep('an access finds content that is not the newest', accessCompletes, ({ page, attached }) =>
      and(attached, hadContent(page), not(live(page))),
    );
    m.sometimesStep('an evicted page is fetched back', restored);
    m.sometimesStep('the page is saved', saved);
  },
};
