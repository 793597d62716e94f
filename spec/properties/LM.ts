import {
  and,
  bool,
  choose,
  exists,
  type EventKind,
  literal,
  not,
  oneOf,
  or,
  type Assignment,
  type Cell,
  type MonitorBuilder,
  type Term,
} from '../../checker/language/index.ts';
import {
  accessCompletes,
  accessRefused,
  accessStarts,
  armCalled,
  armReturned,
  emptied,
  endCalled,
  modeCalled,
  populated,
  scanned,
  type Access,
  type Protection,
} from '../events.ts';
import type { World } from '../world.ts';
import { knownMode } from './mode.ts';
import type { Property } from './property.ts';

const armedDomain = oneOf('armed', 'no', 'must', 'maybe');
type Armed = 'no' | 'must' | 'maybe';

/** What is known whatever the protection: the mode, which pages have content, and the accesses that are under way. */
interface Known {
  readonly mustSync: Term<boolean>;
  readonly hasContent: (page: Term<number>) => Cell<boolean>;
  readonly attempting: (cpu: Term<number>, page: Term<number>) => Cell<boolean>;
  /** An access to the page is under way that began while the mode may have been async. */
  readonly inFlight: (page: Term<number>) => Term<boolean>;
}

function followAccesses(m: MonitorBuilder, { cpus, pages, populatedAtStart, asyncAtStart }: World): Known {
  const { mustSync } = knownMode(m, asyncAtStart);
  const hasContent = m.ghost('populated', bool, populatedAtStart, pages);
  const attempting = m.ghost('attempting', bool, false, cpus, pages);
  const startedSync = m.ghost('startedSync', bool, false, cpus);
  const inFlight = (page: Term<number>): Term<boolean> =>
    exists(cpus, (c) => and(attempting(c, page), not(startedSync(c))));
  m.on(populated, ({ page }) => [hasContent(page).becomes(true)]);
  m.on(accessStarts, ({ cpu, page }) => [attempting(cpu, page).becomes(true), startedSync(cpu).becomes(mustSync)]);
  const ends: readonly EventKind[] = [accessCompletes, accessRefused];
  for (const end of ends) {
    m.on(end, (e) => [
      attempting(e['cpu'] as Term<number>, e['page'] as Term<number>).becomes(false),
      startedSync(e['cpu'] as Term<number>).becomes(false),
    ]);
  }
  m.on(modeCalled, ({ async }) =>
    cpus.values.map((c) => startedSync(literal(cpus, c)).becomes(and(startedSync(literal(cpus, c)), not(async)))),
  );
  return { mustSync, hasContent, attempting, inFlight };
}

/** Follows one protection of each page from call to return, and judges the accesses and scans that it is about. */
function followProtection(
  m: MonitorBuilder,
  { cpus, pages }: World,
  { mustSync, hasContent, attempting, inFlight }: Known,
  protection: Protection,
): (page: Term<number>) => Cell<Armed> {
  // What the arming call that runs will have established, if it returns 0.
  const arming = m.ghost(`arming.${protection}`, armedDomain, 'no', pages);
  const armed = m.ghost(`armed.${protection}`, armedDomain, 'no', pages);
  const touched = m.ghost(`touched.${protection}`, bool, false, pages);
  const tracked = (access: Term<Access>): Term<boolean> => or(protection === 'rwp', access.is('write'));
  const about = (which: Term<Protection>): Term<boolean> => which.is(protection);
  const set = (cell: Cell<Armed>, when: Term<boolean>, to: Armed): Assignment =>
    cell.becomes(choose(when, literal(armedDomain, to), cell));
  const disturbs = (page: Term<number>, when: Term<boolean>): Assignment[] =>
    [armed(page), arming(page)].map((cell) => set(cell, and(cell.is('must'), when), 'maybe'));
  m.on(armCalled, ({ page, protection: which }) => {
    const start = choose(inFlight(page), literal(armedDomain, 'maybe'), 'must');
    const begun = choose(hasContent(page), start, 'no');
    return [arming(page).becomes(choose(about(which), begun, arming(page)))];
  });
  m.on(armReturned, ({ page, protection: which }) => [
    armed(page).becomes(choose(and(about(which), not(arming(page).is('no'))), arming(page), armed(page))),
    touched(page).becomes(and(touched(page), not(about(which)))),
    set(arming(page), about(which), 'no'),
  ]);
  m.on(endCalled, ({ page, protection: which }) => [
    set(armed(page), about(which), 'no'),
    touched(page).becomes(and(touched(page), not(about(which)))),
    set(arming(page), about(which), 'no'),
  ]);
  m.on(emptied, ({ page }) => [
    ...(protection === 'wp' ? [hasContent(page).becomes(false)] : []),
    arming(page).becomes('no'),
  ]);
  m.on(accessStarts, ({ page, access }) => disturbs(page, and(tracked(access), not(mustSync))));
  m.on(modeCalled, ({ async }) =>
    pages.values.flatMap((p) => {
      const page = literal(pages, p);
      return disturbs(
        page,
        and(
          async,
          exists(cpus, (c) => attempting(c, page)),
        ),
      );
    }),
  );
  m.on(accessCompletes, ({ page, access }) => [
    touched(page).becomes(or(touched(page), and(not(armed(page).is('no')), tracked(access)))),
  ]);
  m.neverStep(`an access completes in sync mode on a page that must be armed for ${protection}`, accessCompletes, (e) =>
    and(armed(e.page).is('must'), tracked(e.access), mustSync),
  );
  m.neverStep(`a scan reports a page untouched that was touched since it was armed for ${protection}`, scanned, (e) =>
    and(touched(e.page), not(e.touched)),
  );
  return armed;
}

/**
 * LM: no lost marker.
 *
 * A page *must be armed* from the return of a successful arming call, during all of which it had content, to the call
 * of anything that ends it. In sync mode no tracked access to such a page completes; in async mode one that completes
 * leaves the page reported. An access that began while the mode may have been async may disarm the page when it likes:
 * the page is then *maybe* armed. So may one that begins while the arming call runs. The interval is the narrowest one.
 */
export const LM: Property = {
  id: 'LM',
  title: 'no lost marker',
  says: 'no tracked access to an armed page completes unseen: in sync mode it stops, in async mode the page is reported',
  describe(m, world) {
    const known = followAccesses(m, world);
    const armedFor = (['wp', 'rwp'] as const).map((protection) => followProtection(m, world, known, protection));
    m.sometimesStep('an access begins on a page that must be armed', accessStarts, (e) =>
      or(...armedFor.map((armed) => armed(e.page).is('must'))),
    );
  },
};
