import { describe, expect, test } from 'vitest';
import { check, type Violated } from '../checker/index.ts';
import { groundProtocol } from '../checker/language/index.ts';
import {
  changeBranches,
  propertyIds,
  withDecisions,
  type BranchChange,
  type Decisions,
  type PropertyId,
} from '../spec/index.ts';
import type { ScenarioName } from './scenarios/index.ts';
import { small, worldOf } from './testing/worlds.ts';
import { buildWorld } from './world.ts';

/** A small defect, where it shows, and what it breaks. */
interface Defect {
  readonly breaks: PropertyId;
  readonly where: readonly [ScenarioName, string];
  /** The length of the shortest counterexample. */
  readonly steps: number;
  readonly claim: string;
  readonly decisions?: Partial<Decisions>;
  readonly branch?: readonly [string, BranchChange];
}

const giveAccess: BranchChange = (branch) => ({ ...branch, target: { ...(branch.target as object), access: 'vma' } });

const defects: readonly Defect[] = [
  {
    breaks: 'FP',
    where: ['numa-vs-rwp', 'rwp sync'],
    steps: 11,
    claim: 'a rwp message about a page that nobody may have armed',
    decisions: { rwpFaultAsks: 'no-access' },
  },
  {
    breaks: 'LM',
    where: ['reclaim-vs-fault', 'rwp sync'],
    steps: 28,
    claim: 'an access completes in sync mode on a page that must be armed for rwp',
    decisions: { swapInRestoresNoAccess: false },
  },
  {
    breaks: 'LM',
    where: ['reclaim-vs-fault', 'rwp sync'],
    steps: 28,
    claim: 'an access completes in sync mode on a page that must be armed for rwp',
    branch: ['do_swap_page/back-to-no-access', giveAccess],
  },
  {
    breaks: 'LM',
    where: ['reclaim-vs-fault', 'wp sync'],
    steps: 29,
    claim: 'an access completes in sync mode on a page that must be armed for wp',
    decisions: { swapOutCarriesBit: false },
  },
  {
    breaks: 'LM',
    where: ['discard-vs-fault', 'wp sync'],
    steps: 13,
    claim: 'an access completes in sync mode on a page that must be armed for wp',
    decisions: { armingFlushes: false },
  },
  {
    breaks: 'LM',
    where: ['discard-vs-fault', 'wp async'],
    steps: 17,
    claim: 'a scan reports a page untouched that was touched since it was armed for wp',
    decisions: { armingFlushes: false },
  },
  {
    breaks: 'SF',
    where: ['numa-vs-rwp', 'rwp sync'],
    steps: 30,
    claim: 'a thread sleeps in a fault, and nobody will wake it',
    decisions: { unprotectWakes: false },
  },
  {
    breaks: 'SF',
    where: ['reclaim-vs-fault', 'rwp sync, unread, no sleep on an empty entry'],
    steps: 36,
    claim: 'a thread sleeps on a page that was unprotected and woken for, and not armed since',
    decisions: { mustWaitOnNonPresent: 'sleep' },
  },
  {
    breaks: 'SF',
    where: ['reclaim-vs-fault', 'rwp sync, unread, no sleep on an empty entry'],
    steps: 30,
    claim: 'a thread sleeps on a page that was unprotected and woken for, and not armed since',
    decisions: { mustWaitLooks: false },
  },
  {
    breaks: 'SF',
    where: ['unregister-vs-fault', 'rwp sync, close'],
    steps: 33,
    claim: 'a thread sleeps in a fault, and nobody will wake it',
    decisions: { closeWakes: false },
  },
  {
    breaks: 'LW',
    where: ['reclaim-vs-fault', 'wp sync'],
    steps: 7,
    claim: 'an access reaches the place that a page in swap or on the move has left',
    decisions: { unmapFlushes: false },
  },
  {
    breaks: 'LW',
    where: ['discard-vs-fault', 'rwp sync'],
    steps: 10,
    claim: 'an access reaches content after the call that took it away',
    decisions: { zapFlushes: false },
  },
  {
    breaks: 'I1',
    where: ['reclaim-vs-fault', 'rwp sync'],
    steps: 20,
    claim: 'in an RWP VMA a present entry has the bit and gives access',
    decisions: { swapInRestoresNoAccess: false },
  },
  {
    breaks: 'I1',
    where: ['mprotect-vs-rwp', 'rwp sync'],
    steps: 26,
    claim: 'in an RWP VMA a present entry has the bit and gives access',
    decisions: { mprotectKeepsNoAccess: 'never' },
  },
  {
    breaks: 'I1',
    where: ['reclaim-vs-fault', 'rwp sync'],
    steps: 20,
    claim: 'in an RWP VMA a present entry has the bit and gives access',
    branch: ['do_swap_page/back-to-no-access', giveAccess],
  },
  {
    breaks: 'AR',
    where: ['unregister-vs-fault', 'rwp sync, close'],
    steps: 23,
    claim: 'an entry is still marked',
    decisions: { closeResetsEntries: false },
  },
  {
    breaks: 'AR',
    where: ['unregister-vs-fault', 'wp sync, unregister'],
    steps: 23,
    claim: 'an entry is still marked',
    decisions: { unregisterResetsEntries: false },
  },
  {
    breaks: 'MS',
    where: ['set-mode-vs-fault', 'rwp, unread'],
    steps: 22,
    claim: 'a fault is reported in async mode',
    decisions: { setModeDrains: false },
  },
  {
    breaks: 'MS',
    where: ['set-mode-vs-fault', 'rwp, unread'],
    steps: 26,
    claim: 'a thread still sleeps after the switch to async',
    decisions: { setModeWakes: false },
  },
];

/** Searches a world of Linux 7.3 on one page and one processor, with a defect or without. */
function verdict({ breaks, where, decisions = {}, branch }: Defect, broken: boolean): { verdict: string } {
  const { variant, design, name } = worldOf(...where, 'linux-7.3', small);
  const taken = withDecisions(design, { ...variant.decisions, ...(broken ? decisions : {}) });
  const machines = broken && branch ? { machines: changeBranches(new Map([branch])) } : {};
  const { protocol } = buildWorld({ ...variant.options, ...machines, name, design: taken }, [breaks]);
  const { results } = check(groundProtocol(protocol), { properties: [breaks] });
  return results.find((r) => r.property === breaks) ?? { verdict: 'not judged' };
}

const shown = ({ breaks, where, decisions, branch }: Defect): string =>
  `${breaks} in ${where.join(' ')}: ${
    branch
      ? branch[0]
      : Object.entries(decisions ?? {})
          .map((d) => d.join(' '))
          .join()
  }`;

describe.each(defects.map((defect) => ({ name: shown(defect), defect })))('$name', ({ defect }) => {
  test('holds in Linux 7.3', () => {
    expect(verdict(defect, false).verdict).toBe('holds');
  });

  test('is violated by the defect', () => {
    const found = verdict(defect, true) as Violated;
    expect(found).toMatchObject({ verdict: 'violated', shortest: 'proved' });
    expect([found.steps, found.claim]).toEqual([defect.steps, defect.claim]);
  });
});

test('every property is broken by some defect', () => {
  expect(propertyIds.filter((id) => !defects.some(({ breaks }) => breaks === id))).toEqual([]);
});
