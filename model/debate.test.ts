import { describe, expect, test } from 'vitest';
import { designs, withDecisions, type Design, type DesignName, type PropertyId } from '../spec/index.ts';
import { alwaysJudged } from './always.ts';
import { scenarios, type ScenarioName, type Size } from './scenarios/index.ts';
import { searched, small, worlds } from './testing/worlds.ts';
import { replayTrace, verify, type CellResult, type Result, type VariantResult } from './verify.ts';

const pair: Size = { pages: 1, cpus: 2 };

/** The worlds of a cell whose names begin so, with their verdicts on the properties asked. */
function cell(
  scenario: ScenarioName,
  design: DesignName | Design,
  properties: readonly PropertyId[],
  { begins = '', size = small }: { readonly begins?: string; readonly size?: Size } = {},
): CellResult {
  const all = scenarios[scenario];
  const some = (of: Design, at: Size): ReturnType<typeof all.variants> => {
    const variants = all.variants(of, at);
    return typeof variants === 'string' ? variants : variants.filter(({ name }) => name.startsWith(begins));
  };
  return verify({ ...all, variants: some }, typeof design === 'string' ? designs[design] : design, {
    size,
    properties,
  });
}

/** Each verdict of a cell as `world: property verdict`, with the length of the trace. */
function verdicts({ variants }: CellResult): readonly string[] {
  const line = (r: Result): string => `${r.property} ${r.verdict}${r.verdict === 'violated' ? ` in ${r.steps}` : ''}`;
  const always: readonly string[] = alwaysJudged;
  const judged = ({ property, verdict }: Result): boolean => !always.includes(property) || verdict === 'violated';
  return variants.map(({ variant, results }) => `${variant}: ${results.filter(judged).map(line).join(', ')}`);
}

/** The worlds of RWP in sync mode. */
const rwpSync = { begins: 'rwp sync' };

const first = ({ variants }: CellResult): VariantResult => variants[0] as VariantResult;

/** The counterexample for one property of one world. */
function violation(of: VariantResult, property: PropertyId): Extract<Result, { verdict: 'violated' }> {
  return of.results.find((r) => r.property === property) as Extract<Result, { verdict: 'violated' }>;
}

describe('a mark that is only a missing access', () => {
  test.for(['rfc-v1', 'rfc-v2'] as const)(
    'is told apart from mprotect(PROT_NONE) either never or always: %s',
    (design) => {
      expect(verdicts(cell('mprotect-vs-rwp', design, ['FP', 'LM'], rwpSync))).toEqual([
        'rwp sync, mprotect gives access back: FP holds, LM violated in 30',
        'rwp sync, mprotect keeps access away: FP violated in 26, LM holds',
      ]);
    },
  );

  test.for(['rfc-v1', 'rfc-v2'] as const)('is lost on the way through swap: %s', (design) => {
    expect(verdicts(cell('reclaim-vs-fault', design, ['LM'], rwpSync))).toContain('rwp sync: LM violated in 28');
  });

  test('keeps its meaning with a bit beside it', () => {
    expect(verdicts(cell('mprotect-vs-rwp', 'linux-7.3', ['FP', 'LM'], rwpSync))).toContain(
      'rwp sync: FP holds, LM holds',
    );
    expect(verdicts(cell('reclaim-vs-fault', 'linux-7.3', ['LM'], rwpSync))).toContain('rwp sync: LM holds');
  });
});

describe('one bit for WP and RWP in one VMA', () => {
  test('cannot mean both: rfc-v3 allows the combination', () => {
    const [both] = cell('wp-plus-rwp', 'rfc-v3', ['FP', 'LM', 'SF', 'I1']).variants as [VariantResult];
    expect(both.kind).toBe('checked');
    expect(verdicts({ scenario: '', design: '', variants: [both] })).toEqual([
      'both: FP holds, LM violated in 41, SF holds, I1 violated in 6',
    ]);
  });

  test('need not: Linux 7.3 refuses the combination, and nothing else is asked of it', () => {
    const [both] = verify(scenarios['wp-plus-rwp'], designs['linux-7.3'], { size: small }).variants as [VariantResult];
    expect(both.kind).toBe('refused');
    expect(both.notApplicable).toEqual(['FP', 'LM', 'SF', 'I1']);
    expect(both.results.map((r) => [r.property, r.verdict])).toEqual([
      ['impossible', 'holds'],
      ['refusal', 'holds'],
    ]);
  });

  test('is refused by a check that is seen when it is gone', () => {
    const open = {
      ...designs['linux-7.3'],
      decisions: { ...designs['linux-7.3'].decisions, wpWithRwp: 'allowed' as const },
    };
    const [both] = verify(scenarios['wp-plus-rwp'], open, { size: small, properties: ['LM'] }).variants as [
      VariantResult,
    ];
    expect(violation(both, 'LM').verdict).toBe('violated');
  });
});

describe('an eviction from a VMA that stays async', () => {
  test('loses a write that comes between the scan and the switch to sync', () => {
    const scanFirst = first(cell('evict-loop', 'linux-7.3', ['LW'], { begins: 'alias, scan' }));
    expect(violation(scanFirst, 'LW')).toMatchObject({ steps: 68, shortest: 'proved' });
  });

  test('loses none when the switch comes first', () => {
    const lines = verdicts(cell('evict-loop', 'linux-7.3', ['LW'], { begins: 'alias, sync', size: pair }));
    expect(lines).toContain('alias, sync before scan: LW holds');
  });

  test('through its own mapping blocks on its own protection', () => {
    const naive = violation(first(cell('evict-loop', 'linux-7.3', ['SF'], { begins: 'naive' })), 'SF');
    expect([naive.steps, naive.claim]).toEqual([26, 'the manager sleeps in a fault on its own protection']);
  });
});

describe('a mode switch', () => {
  test.for(['rfc-v1', 'rfc-v2', 'rfc-v3'] as const)('that drains no fault is not linearisable: %s', (design) => {
    const lines = verdicts(cell('set-mode-vs-fault', design, ['MS']));
    expect(lines).toEqual(['rwp: MS violated in 22', 'rwp, unread: MS violated in 22']);
  });

  test('that drains is: linux-7.3', () => {
    const lines = verdicts(cell('set-mode-vs-fault', 'linux-7.3', ['MS'], { size: pair }));
    expect(lines).toEqual(['rwp: MS holds', 'rwp, unread: MS holds']);
  });
});

describe('what nobody said in the debate', () => {
  test('UNREGISTER leaves sleepers asleep where MISSING is not registered; waking all of them mends it', () => {
    const end = (design: Design): string[] =>
      verdicts(cell('unregister-vs-fault', design, ['SF'], rwpSync)) as string[];
    expect(end(designs['linux-7.3'])).toEqual(['rwp sync, unregister: SF violated in 39', 'rwp sync, close: SF holds']);
    expect(end(withDecisions(designs['linux-7.3'], { unregisterWakes: 'all' }))).toEqual([
      'rwp sync, unregister: SF holds',
      'rwp sync, close: SF holds',
    ]);
  });

  test('a thread that meets the entry while reclaim has it empty sleeps through its wake-up, if nobody reads its message', () => {
    expect(verdicts(cell('reclaim-vs-fault', 'linux-7.3', ['SF'], rwpSync))).toEqual([
      'rwp sync: SF holds',
      'rwp sync, unread: SF violated in 37',
      'rwp sync, unread, no sleep on an empty entry: SF holds',
    ]);
  });
});

describe('the marker that rfc-v2 loses across swap', () => {
  const lost = violation(first(cell('reclaim-vs-fault', 'rfc-v2', ['LM'], rwpSync)), 'LM');

  test('as a reader of the list sees it', () => {
    expect(lost.text).toMatchInlineSnapshot(`
      "violated: LM: an access completes in sync mode on a page that must be armed for rwp
      model:    reclaim-vs-fault (rwp sync) × rfc-v2, 28 steps, none shorter

         1  cpu0  the program reads or writes a page [v 0, kind read]
              FP.attempting[0][0]  false -> true
              LM.attempting[0][0]  false -> true
              LM.startedSync[0]    false -> true
         2  manager  user space calls RWPROTECT to protect [first 0, last 0]
              manager.protection     wp -> rwp
              FP.mayArmedRwp[0]      false -> true
              FP.justifiedRwp[0][0]  false -> true
              LM.arming.rwp[0]       no -> must
         3  manager mrwprotect_range()  the mmap lock is taken for reading
              mmap_lock.manager  false -> true
         4  manager tlb_gather_mmu()  a flush is owed from here on
              mm.flush_pending  0 -> 1
              manager.result    - -> 0
         5  reclaim shrink_folio_list()  a folio is tried for [v 0]
              folio[0]  free -> reclaim
         6  reclaim try_to_unmap_one()  the page-table lock is taken [v 0]
              ptl[0]  free -> reclaim
         7  reclaim try_to_unmap_one()  the entry is emptied [v 0]
              cleared[0]  false -> true
         8  cpu0  the entry does not allow the access: the processor traps [v 0]
         9  cpu0 lock_vma_under_rcu()  the first try takes the VMA lock, if nobody writes the VMA
              vma_lock.cpu0  false -> true
        10  reclaim try_to_unmap_one()  processor 0 forgets its translations
        11  reclaim try_to_unmap_one()  the swap entry is stored [v 0]
              pte[0].form       present -> swap
              pte[0].write      write -> no
              pte[0].exclusive  exclusive -> no
              pte[0].dirty      dirty -> no
              pte[0].swap       none -> own
              cleared[0]        true -> false
        12  cpu0 handle_pte_fault()  the page is in swap [v 0]
              cpu0.seen  none -> swap anon swap=own
        13  reclaim try_to_unmap_one()  the page-table lock is given back [v 0]
              ptl[0]  reclaim -> free
        14  manager change_pte_range()  the page-table lock is taken [v 0]
              ptl[0]  free -> manager
        15  manager change_pte_range()  an entry that is not present is changed in place, or left alone [v 0]
        16  manager change_pte_range()  the page-table lock is given back; that was the last page [v 0]
              ptl[0]  manager -> free
        17  manager tlb_finish_mmu()  processor 0 forgets its translations
              mm.flush_pending  1 -> 0
        18  manager mrwprotect_range()  the mmap lock is given back
              mmap_lock.manager  true -> false
        19  manager  the call returns to user space
              LM.arming.rwp[0]  must -> no
              LM.armed.rwp[0]   no -> must
        20  reclaim shrink_folio_list()  the folio is unlocked [v 0]
              folio[0]  reclaim -> free
        21  cpu0 do_swap_page()  the page is found, and its folio locked [v 0]
              folio[0]  free -> cpu0
        22  cpu0 do_swap_page()  the page-table lock is taken [v 0]
              ptl[0]  free -> cpu0
        23  cpu0 do_swap_page()  the page is mapped [v 0]
              cpu0.seen         swap anon swap=own -> present anon write exclusive
              pte[0].form       swap -> present
              pte[0].write      no -> write
              pte[0].exclusive  no -> exclusive
              pte[0].swap       own -> none
        24  cpu0 do_swap_page()  the folio is unlocked [v 0]
              folio[0]  cpu0 -> free
        25  cpu0 handle_pte_fault()  the page-table lock is given back [v 0]
              ptl[0]  cpu0 -> free
        26  cpu0 handle_mm_fault()  the vma lock is given back [v 0]
              vma_lock.cpu0  true -> false
        27  cpu0  the processor walks the page table, sets the accessed and dirty bits, and fills its TLB [v 0]
              tlb[0][0]  none -> W-clean
        28  cpu0  the TLB allows the access: it completes [v 0]
              FP.attempting[0][0]    true -> false
              FP.justifiedRwp[0][0]  true -> false
              LM.attempting[0][0]    true -> false
              LM.startedSync[0]      true -> false
              LM.touched.rwp[0]      false -> true

      replay:   npx faultline check reclaim-vs-fault --design rfc-v2 --pages 1 --cpus 1 --property LM --replay 0~0.1u.1v.1w.2c.2d.2e.4.6.2f.2g.f.2h.1x.20.22.23.26.28.2i.q.r.t.v.1t.a.3.2"
    `);
  });

  const again = (token: string): ReturnType<typeof replayTrace> =>
    replayTrace(scenarios['reclaim-vs-fault'], designs['rfc-v2'], 'LM', token, { size: small });
  const token = /--replay (\S+)$/u.exec(lost.text ?? '')?.[1] ?? '';

  test('is lost again when its replay line is run', () => {
    expect(again(token)).toMatchObject({ kind: 'violated', property: 'LM', claim: lost.claim, steps: lost.steps });
    expect(again(token).text?.split('\n').slice(3)).toEqual(lost.text?.split('\n').slice(3));
  });

  test('is not lost in a run that stops one step short, or in a design that keeps it', () => {
    expect(again(token.slice(0, token.lastIndexOf('.'))).kind).toBe('not-violated');
    const shipped = replayTrace(scenarios['reclaim-vs-fault'], designs['linux-7.3'], 'LM', token, { size: small });
    expect(shipped.kind).not.toBe('violated');
  });
});

test('Linux 7.3 has exactly these states, on one page and one processor', { timeout: 120_000 }, () => {
  const sizes = worlds(small)
    .filter(({ scenario, design }) => scenario.reviewed && design.name === 'linux-7.3')
    .map((world) => {
      const { states, transitions, depth } = searched(world);
      return `${world.name}: ${states} states, ${transitions} steps, depth ${depth}`;
    });
  expect(sizes).toMatchInlineSnapshot(`
    [
      "reclaim-vs-fault (rwp sync) × linux-7.3: 30942 states, 85014 steps, depth 105",
      "reclaim-vs-fault (rwp sync, unread) × linux-7.3: 27983 states, 77445 steps, depth 95",
      "reclaim-vs-fault (rwp sync, unread, no sleep on an empty entry) × linux-7.3: 27237 states, 75554 steps, depth 95",
      "reclaim-vs-fault (rwp async) × linux-7.3: 11829 states, 32568 steps, depth 58",
      "reclaim-vs-fault (wp sync) × linux-7.3: 23314 states, 63560 steps, depth 122",
      "reclaim-vs-fault (wp sync, unread) × linux-7.3: 22314 states, 61412 steps, depth 84",
      "reclaim-vs-fault (wp sync, unread, no sleep on an empty entry) × linux-7.3: 22220 states, 61177 steps, depth 84",
      "reclaim-vs-fault (wp async) × linux-7.3: 15580 states, 42972 steps, depth 61",
      "mprotect-vs-rwp (rwp sync) × linux-7.3: 11100 states, 29113 steps, depth 71",
      "mprotect-vs-rwp (rwp async) × linux-7.3: 10341 states, 28609 steps, depth 64",
      "mprotect-vs-wp (wp sync) × linux-7.3: 11582 states, 30453 steps, depth 85",
      "mprotect-vs-wp (wp async) × linux-7.3: 14908 states, 40649 steps, depth 70",
      "wp-plus-rwp (both) × linux-7.3: 46 states, 62 steps, depth 12",
      "migrate-vs-fault (rwp sync) × linux-7.3: 45502 states, 130166 steps, depth 89",
      "migrate-vs-fault (rwp sync, unread) × linux-7.3: 36575 states, 104087 steps, depth 77",
      "migrate-vs-fault (rwp sync, unread, no sleep on an empty entry) × linux-7.3: 34429 states, 98322 steps, depth 77",
      "migrate-vs-fault (rwp async) × linux-7.3: 11099 states, 31827 steps, depth 49",
      "migrate-vs-fault (wp sync) × linux-7.3: 30798 states, 86809 steps, depth 99",
      "migrate-vs-fault (wp sync, unread) × linux-7.3: 26107 states, 73454 steps, depth 81",
      "migrate-vs-fault (wp sync, unread, no sleep on an empty entry) × linux-7.3: 25893 states, 72873 steps, depth 81",
      "migrate-vs-fault (wp async) × linux-7.3: 28317 states, 81084 steps, depth 51",
      "numa-vs-rwp (rwp sync) × linux-7.3: 16183 states, 46692 steps, depth 68",
      "numa-vs-rwp (rwp async) × linux-7.3: 12748 states, 37989 steps, depth 52",
      "set-mode-vs-fault (rwp) × linux-7.3: 14163 states, 29847 steps, depth 73",
      "set-mode-vs-fault (rwp, unread) × linux-7.3: 6289 states, 12945 steps, depth 57",
      "evict-loop (alias, scan before sync) × linux-7.3: 20621 states, 40737 steps, depth 194",
      "evict-loop (alias, sync before scan) × linux-7.3: 12144 states, 24112 steps, depth 167",
      "evict-loop (move, scan before sync) × linux-7.3: 12364 states, 24462 steps, depth 168",
      "evict-loop (move, sync before scan) × linux-7.3: 12936 states, 25654 steps, depth 168",
      "evict-loop (naive read) × linux-7.3: 2702 states, 5372 steps, depth 104",
      "unregister-vs-fault (rwp sync, unregister) × linux-7.3: 9206 states, 18938 steps, depth 86",
      "unregister-vs-fault (rwp sync, close) × linux-7.3: 3103 states, 6284 steps, depth 60",
      "unregister-vs-fault (wp sync, unregister) × linux-7.3: 7801 states, 16040 steps, depth 95",
      "unregister-vs-fault (wp sync, close) × linux-7.3: 3067 states, 6229 steps, depth 73",
      "discard-vs-fault (rwp sync) × linux-7.3: 11022 states, 22869 steps, depth 78",
      "discard-vs-fault (rwp async) × linux-7.3: 4195 states, 8800 steps, depth 64",
      "discard-vs-fault (wp sync) × linux-7.3: 10123 states, 20834 steps, depth 91",
      "discard-vs-fault (wp async) × linux-7.3: 4650 states, 9808 steps, depth 55",
      "swapoff-vs-fault (rwp sync) × linux-7.3: 165827 states, 552869 steps, depth 99",
      "swapoff-vs-fault (rwp async) × linux-7.3: 72669 states, 242110 steps, depth 68",
      "swapoff-vs-fault (wp sync) × linux-7.3: 126965 states, 419476 steps, depth 103",
      "swapoff-vs-fault (wp async) × linux-7.3: 87112 states, 289937 steps, depth 68",
    ]
  `);
});
