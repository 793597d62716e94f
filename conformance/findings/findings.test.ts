import { describe, expect, test } from 'vitest';
import { openKernel } from '../kernels/open.ts';
import type { Kernel } from '../kernels/kernel.ts';
import type { SequenceSeen } from '../kernels/report.ts';
import { guestImage, noRunningKernel } from '../kernels/testing/needs.ts';
import { findings, type Finding } from './findings.ts';

const line = (id: string, { pages, operations }: Finding): string => `${id} ${pages} ${operations.join(' | ')}`;

/** What a kernel shows for each finding, and for the same operations without the one that protects the page. */
async function shown(name: string, which: readonly Finding[]): Promise<Map<string, SequenceSeen>> {
  const kernel = (await openKernel(name, {})) as Kernel;
  expect(kernel.kind).toBe('kernel');
  const seen = new Map<string, SequenceSeen>();
  const unarmed = which.map((f) => ({ ...f, operations: f.operations.filter((o) => !/protect 0 0 on$/u.test(o)) }));
  const lines = [...which.map((f) => line(f.id, f)), ...unarmed.map((f) => line(`${f.id}-unarmed`, f))];
  const ended = await kernel.run(lines, (s) => seen.set(s.id, s));
  await kernel.close();
  expect(ended.kind).toBe('finished');
  return seen;
}

async function holdsOn(name: string, which: readonly Finding[]): Promise<void> {
  const seen = await shown(name, which);
  for (const finding of which) {
    expect(finding.shows(seen.get(finding.id) as SequenceSeen), finding.id).toBe(true);
    // The control: a page that nobody protected shows nothing of the kind, but for the write that nothing traps at all.
    if (finding.property === 'LW') continue;
    expect(finding.shows(seen.get(`${finding.id}-unarmed`) as SequenceSeen), `${finding.id}, unarmed`).toBe(false);
  }
}

describe('what the checker finds in the kernels, the kernels do', () => {
  const without = noRunningKernel();
  test.skipIf(without !== undefined)(`the running kernel${without ? ` [${without}]` : ''}`, async () => {
    await holdsOn(
      'running',
      findings.filter((f) => f.needs === 'wp'),
    );
  });
  const image = guestImage();
  const missing = typeof image === 'string' ? image : undefined;
  test.skipIf(missing !== undefined)(
    `Linux 7.3${missing ? ` [${missing}]` : ''}`,
    async () => {
      await holdsOn('7.3', findings);
    },
    180_000,
  );
});
