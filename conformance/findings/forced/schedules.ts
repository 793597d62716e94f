import type { ScenarioName } from '../../../model/index.ts';

/** Who comes before whom, on three processors that a debugger stops and lets go. */
export interface Schedule {
  /**
   * When the thread that has faulted takes its last look at the entry. `in-window`: while the mover has emptied it.
   * `after-window`: when the mover has stored what it stores. `around`: when the page, unprotected on its way, has
   * arrived. `unmoved`: nobody moves the page.
   */
  readonly look: 'in-window' | 'after-window' | 'around' | 'unmoved';
  /** How the page is protected: `rwp` is touched by a read, `wp` by a write. */
  readonly mode: 'rwp' | 'wp';
  /** Who moves the page: `MADV_PAGEOUT` or `move_pages`. */
  readonly mover: 'reclaim' | 'migrate';
}

/** A schedule in which the model says that the thread sleeps, and where the checker finds it. */
export interface LostWakeUp extends Schedule {
  readonly scenario: ScenarioName;
  /** The variant of the scenario, as `check` prints it. */
  readonly variant: string;
}

/** What the checker finds in linux-7.3 where nobody has read the message (SF), and no ordinary sequence can show. */
export const lostWakeUps: readonly LostWakeUp[] = [
  { look: 'in-window', mode: 'rwp', mover: 'reclaim', scenario: 'reclaim-vs-fault', variant: 'rwp sync, unread' },
  { look: 'in-window', mode: 'wp', mover: 'reclaim', scenario: 'reclaim-vs-fault', variant: 'wp sync, unread' },
  { look: 'in-window', mode: 'rwp', mover: 'migrate', scenario: 'migrate-vs-fault', variant: 'rwp sync, unread' },
  { look: 'in-window', mode: 'wp', mover: 'migrate', scenario: 'migrate-vs-fault', variant: 'wp sync, unread' },
  {
    look: 'around',
    mode: 'wp',
    mover: 'migrate',
    scenario: 'migrate-vs-fault',
    variant: 'wp sync, unread, no sleep on an empty entry',
  },
];

/** The same with one thing changed, so that the thread must not sleep. */
export const controls: readonly Schedule[] = [
  { look: 'after-window', mode: 'rwp', mover: 'reclaim' },
  { look: 'after-window', mode: 'wp', mover: 'reclaim' },
  { look: 'after-window', mode: 'rwp', mover: 'migrate' },
  { look: 'after-window', mode: 'wp', mover: 'migrate' },
  { look: 'around', mode: 'rwp', mover: 'migrate' },
  { look: 'unmoved', mode: 'rwp', mover: 'reclaim' },
  { look: 'unmoved', mode: 'wp', mover: 'reclaim' },
];
