import { describe, expect, test } from 'vitest';
import { scenarios } from '../../model/index.ts';
import { designs } from '../../spec/index.ts';
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
  const unarmed = which.map((f) => ({ ...f, operations: f.operations.filter((o) => !o.endsWith('protect 0 0 on')) }));
  const lines = [...which.map((f) => line(f.id, f)), ...unarmed.map((f) => line(`${f.id}-unarmed`, f))];
  const ended = await kernel.run(lines, (s) => seen.set(s.id, s));
  await kernel.close();
  expect(ended.kind).toBe('finished');
  return seen;
}

/** The findings that a kernel does not show, and those that it shows of a page that nobody protected. */
async function unlike(name: string, which: readonly Finding[]): Promise<readonly string[]> {
  const seen = await shown(name, which);
  return which.flatMap((finding) => {
    const shows = finding.shows(seen.get(finding.id) as SequenceSeen);
    // Nothing traps the write that is lost, so that finding has no control.
    const always = finding.property !== 'LW' && finding.shows(seen.get(`${finding.id}-unarmed`) as SequenceSeen);
    return [...(shows ? [] : [`${finding.id} is not shown`]), ...(always ? [`${finding.id} is shown unarmed`] : [])];
  });
}

test('every finding names a world of Linux 7.3 that judges its property', () => {
  const design = designs['linux-7.3'];
  const worlds = findings.map(({ scenario, variant, property }) => {
    const variants = scenarios[scenario].variants(design, scenarios[scenario].size);
    const world = typeof variants === 'string' ? undefined : variants.find(({ name }) => name === variant);
    return world?.properties.includes(property) ?? false;
  });
  expect(worlds).toEqual(findings.map(() => true));
});

describe('what the checker finds in the kernels, the kernels do', () => {
  const without = noRunningKernel();
  test.skipIf(without !== undefined)(`the running kernel${without ? ` [${without}]` : ''}`, async () => {
    expect(
      await unlike(
        'running',
        findings.filter((f) => f.needs === 'wp'),
      ),
    ).toEqual([]);
  });
  const image = guestImage();
  const missing = typeof image === 'string' ? image : undefined;
  test.skipIf(missing !== undefined)(
    `Linux 7.3${missing ? ` [${missing}]` : ''}`,
    async () => {
      expect(await unlike('7.3', findings)).toEqual([]);
    },
    180_000,
  );
});
