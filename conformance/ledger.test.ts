import { describe, expect, test } from 'vitest';
import { defects, ledgerTable, runJob, type CellResult, type Job } from '../model/index.ts';
import { faultOf, kernelTree, whySkipped } from '../spec/testing/kernel-tree.ts';
import { defectText, judgedDefect, ledgerSummary, wrongDefects } from './ledger.ts';

/** Defects of each kind, in the scenarios that show them. */
const looked: Readonly<Record<string, string>> = {
  'shmem-read-migration-becomes-writable': 'migrate-vs-fault',
  'close-leaves-wp': 'unregister-vs-fault',
  'wp-tlb-cow-corruption': 'mprotect-vs-wp',
};

function searchSome(jobs: readonly Job[]): Promise<readonly CellResult[]> {
  return Promise.all(
    jobs.map(async (job): Promise<CellResult> => {
      const { scenario, design, mutant = '' } = job;
      if (looked[mutant] !== scenario) return { scenario, design, skipped: 'left out', variants: [] };
      return runJob(job);
    }),
  );
}

const rows = (await ledgerTable(searchSome)).filter(({ defect }) => defect.id in looked).map(judgedDefect);

/** The row of a defect. */
function rowOf(id: string): (typeof rows)[number] {
  const row = rows.find(({ defect }) => defect.id === id);
  if (row === undefined) throw new Error(`no row of ${id}`);
  return row;
}

describe('the ledger', () => {
  test('has no defect twice, and says of each that breaks nothing why', () => {
    expect(new Set(defects.map(({ id }) => id)).size).toBe(defects.length);
    const silent = defects.filter(
      ({ breaks, because, expressed }) => expressed.kind !== 'not-yet' && !breaks && !because,
    );
    expect(silent).toEqual([]);
  });

  test('finds what a defect is said to break, and where', () => {
    expect(rowOf('shmem-read-migration-becomes-writable').found).toMatchObject({
      property: 'LM',
      scenario: 'migrate-vs-fault',
    });
    expect(rowOf('close-leaves-wp').found).toMatchObject({ property: 'AR', scenario: 'unregister-vs-fault' });
    expect(rowOf('wp-tlb-cow-corruption').found).toBeUndefined();
  });

  test('judges a changed rule by what kernels showed', () => {
    expect(rowOf('shmem-read-migration-becomes-writable').recordings?.rejected).toBe(true);
    expect(rowOf('wp-tlb-cow-corruption').recordings?.rejected).toBe(false);
  });

  test('complains of a defect that is not found, and of one that breaks what nobody said', () => {
    expect(wrongDefects(rows)).toEqual([]);
    const found = rowOf('close-leaves-wp');
    const { found: _, ...lost } = found;
    expect(wrongDefects([lost])).toEqual(['close-leaves-wp is said to break AR, and no search finds it']);
    expect(wrongDefects([{ ...rowOf('wp-tlb-cow-corruption'), also: ['LW'] }])).toEqual([
      'wp-tlb-cow-corruption is said to break nothing, and breaks LW',
    ]);
  });

  test('is told as text', () => {
    expect(defectText(rowOf('close-leaves-wp'))).toMatch(/^close-leaves-wp\n.*\n.*\n {4}checker: AR in \d+ steps/u);
    expect(ledgerSummary(rows)).toMatch(
      /^3 real defects: 3 can be put back in this model, the checker finds 2 of them/u,
    );
  });
});

describe(`in the kernel source${whySkipped}`, () => {
  test.skipIf(kernelTree === '').for(defects.map(({ id, where }) => [id, where] as const))(
    '%s was where its anchor says',
    ([, where]) => expect(faultOf(where)).toBeUndefined(),
  );
});
