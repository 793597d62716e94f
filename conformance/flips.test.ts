import { describe, expect, test } from 'vitest';
import { defects, flipTable, runJob, type CellResult, type Job } from '../model/index.ts';
import { mutantsJson, judgedFlip, wrongReasons } from './flips.ts';
import { complaints } from './testing/schemas.ts';

/** One flip of each kind, as far as the scenario can tell with one processor. */
const looked = {
  'rwpSetsBit=false': { checker: 'rejected', recordings: true, because: false },
  'mustWaitOnEmpty=go-on': { checker: 'survives', recordings: false, because: true },
  'migrationRestoresNoAccess=false': { checker: 'changes nothing', recordings: true, because: false },
} as const;

/** A branch that is made to do nothing, and the property that misses it. */
const dropped = 'drop:mrwprotect_range/arm';

/** Searches some mutants in one scenario with one processor; what is left out is as if nothing came of it. */
function searchSome(jobs: readonly Job[]): Promise<readonly CellResult[]> {
  return Promise.all(
    jobs.map(async (job): Promise<CellResult> => {
      const { scenario, design, size, mutant = '' } = job;
      const isLooked = scenario === 'mprotect-vs-rwp' && size?.cpus === 1 && (mutant in looked || mutant === dropped);
      return isLooked ? runJob(job) : { scenario, design, skipped: 'left out', variants: [] };
    }),
  );
}

const table = await flipTable('linux-7.3', searchSome, { drops: true });
const drops = table.drops.filter(({ id }) => id === dropped);
const rows = table.rows.filter(({ flip }) => flip.id in looked).map(judgedFlip);
const found = { property: 'LM', scenario: 'mprotect-vs-wp', variant: 'wp sync', steps: 31, states: 12_630 };
const told = defects.map((defect) => ({ defect, also: ['LW'] }));
const inLedger = [
  ...told,
  ...told.slice(0, 1).map((row) => ({ ...row, found, ...(rows[0] && { recordings: rows[0].recordings }) })),
];
const document = JSON.parse(
  JSON.stringify(mutantsJson('linux-7.3', inLedger, { rows, drops, held: table.held }, ['x'])),
) as {
  readonly flips: readonly { readonly id: string; readonly checker: object; readonly recordings: object }[];
  readonly held: readonly { readonly lostTo: readonly string[] }[];
};

describe('the table of flips', () => {
  test('says of each flip what the checker and the recordings make of it, and why where neither finds it', () => {
    const said = rows.map(({ flip, checker, recordings, because }) => [
      flip.id,
      { checker: checker.kind, recordings: recordings.rejected, because: because !== undefined },
    ]);
    expect(Object.fromEntries(said)).toEqual(looked);
  });

  test('says of a branch that does nothing what the checker makes of it', () => {
    expect(drops.map(({ checker }) => checker)).toEqual([
      expect.objectContaining({ kind: 'rejected', scenario: 'mprotect-vs-rwp', cpus: 1 }),
    ]);
    expect(table.held.some(({ lostTo }) => lostTo.includes(dropped))).toBe(true);
  });

  test('complains of a reason that is missing, and of one that is not needed', () => {
    const [rejected, neither] = ['rejected', 'survives'].map((kind) =>
      rows.find(({ checker }) => checker.kind === kind),
    );
    if (!rejected || !neither) throw new Error('a kind of row is missing');
    expect(wrongReasons(rows)).toEqual([]);
    expect(wrongReasons([{ ...neither, flip: rejected.flip }])).toEqual([
      'rwpSetsBit=false is rejected by nothing, and no reason is given',
    ]);
    expect(wrongReasons([{ ...rejected, flip: neither.flip }])).toEqual([
      'mustWaitOnEmpty=go-on is rejected, and a reason is given why it is not',
    ]);
  });
});

describe('its JSON', () => {
  test('is what the published schema describes', () => {
    expect(document.flips).toHaveLength(3);
    expect(document.held.length).toBeGreaterThan(3);
    expect(complaints('mutants', document)).toBe('');
  });

  test.for([
    ['another version', { ...document, schemaVersion: 2 }],
    ['something that is not described', { ...document, more: 1 }],
    ['a flip without what recordings say', { ...document, flips: [{ ...document.flips[0], recordings: undefined }] }],
    ['a verdict that there is not', { ...document, flips: [{ ...document.flips[0], checker: { kind: 'unsure' } }] }],
    ['a rejection without a place', { ...document, flips: [{ ...document.flips[0], recordings: { rejected: true } }] }],
    ['a name that is no flip', { ...document, flips: [{ ...document.flips[0], id: 'rwpSetsBit' }] }],
  ] as const)('with %s is not', ([, wrong]) => {
    expect(complaints('mutants', JSON.parse(JSON.stringify(wrong)))).not.toBe('');
  });
});
