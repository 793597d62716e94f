import { expect, test } from 'vitest';
import { designs } from '../spec/index.ts';
import { runJob } from './jobs/job.ts';
import { reviewInStages } from './review.ts';
import { scenarios } from './scenarios/index.ts';
import { verify, type CellResult } from './verify.ts';

const size = { pages: 1, cpus: 1 };
const verdicts = (cell: CellResult | undefined): readonly string[] =>
  cell?.variants.flatMap((v) => v.results.map((r) => `${v.variant} ${r.property} ${r.verdict}`)) ?? [];

test('a world that is the same for two designs is searched once, with the verdicts that a search of its own has', async () => {
  const cells = await reviewInStages({}, (jobs) =>
    Promise.all(jobs.map(async (job) => (job.scenario === 'mprotect-vs-rwp' ? runJob({ ...job, size }) : undefined))),
  );
  const answered = cells.filter((cell) => cell !== undefined);
  const shared = answered.filter((cell) => cell.variants.some((v) => v.sameAs !== undefined));
  expect(shared.map((cell) => cell.design)).toEqual(['rfc-v1']);
  for (const cell of shared) {
    const own = verify(scenarios['mprotect-vs-rwp'], designs[cell.design as 'rfc-v1'], { size });
    expect(verdicts(cell)).toEqual(verdicts(own));
    for (const v of cell.variants) for (const r of v.results) expect(r.verdict !== 'violated' || r.text).toBeTruthy();
  }
  expect(answered.find((cell) => cell.design === 'rfc-v2')?.variants.every((v) => v.sameAs === undefined)).toBe(true);
});
