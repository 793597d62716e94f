import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { kindsOf } from '../../model/sequential/session.ts';
import { designs } from '../../spec/index.ts';
import type { Kernel } from '../kernels/kernel.ts';
import type { SequenceSeen } from '../kernels/report.ts';
import { Recorder, parseRecording, recorded } from '../recording.ts';
import { operationText, parseOperation } from '../sequence.ts';
import { madeUpKernel } from '../testing/synthesize.ts';
import { fuzzSizes, sequences } from './arbitrary.ts';
import { fuzz } from './fuzz.ts';

const design = designs['linux-7.3'];
/** A kernel that pages out where it is asked to wake, in sequences in which nobody can be asleep. */
function swapsUnasked(kernel: Kernel): Kernel['run'] {
  return async (lines, onResult, signal) => {
    const asked: string[] = [];
    const changed = (async function* (): AsyncGenerator<string> {
      for await (const line of lines) {
        asked.push(line);
        const awake = line.includes('wp-async ') && !line.includes('missing');
        yield awake ? line.replace(/\| wake (\d) (\d) /u, '| pageout $1 $2 ') : line;
      }
    })();
    return kernel.run(changed, (seen) => onResult(withAskedNames(asked.shift() ?? '', seen)), signal);
  };
}

/** The report with the operations that were asked for. */
function withAskedNames(line: string, seen: SequenceSeen): SequenceSeen {
  const names = line.split(' ').slice(2).join(' ').split(' | ');
  return { ...seen, steps: seen.steps.map((step, i) => ({ ...step, op: names[i] ?? step.op })) };
}

const limits = { kinds: kindsOf(design), ...fuzzSizes, without: new Set<string>() };

test('the same seed draws the same sequences', async () => {
  const draw = async (): Promise<string> => {
    const recorder = new Recorder();
    await fuzz(madeUpKernel(design), design, { seed: 5, runs: 20, recorder });
    return recorder.text({ kernel: 'made-up', release: '', design: design.name, made: '' });
  };
  expect(await draw()).toBe(await draw());
});

test('every operation that is drawn is read back from the text that the runner gets', () => {
  fc.assert(
    fc.property(sequences(limits), ({ kind, pages, operations }) => {
      for (const operation of operations) {
        expect(parseOperation(operationText(operation, kind, pages), kind, pages)).toEqual(operation);
      }
    }),
    { numRuns: 50 },
  );
});

test('a kernel that does as the model does agrees, whichever way it goes', async () => {
  let turn = 0;
  const kernel = madeUpKernel(design, (ways) => turn++ % ways);
  const result = await fuzz(kernel, design, { seed: 1, runs: 100 });
  expect(result).toMatchObject({ outcome: 'agrees', sequences: 100, disagreements: [], incomplete: [] });
  expect(result.operations).toBeGreaterThan(1500);
});

test('a kernel that loses the mark at swap-in is found out, and the sequence is as short as it can be', async () => {
  const wrong = { ...design, decisions: { ...design.decisions, swapInKeepsBit: false } };
  const result = await fuzz(madeUpKernel(wrong), design, { seed: 1, runs: 300 });
  expect(result.outcome).toBe('disagrees');
  const shortest = result.disagreements
    .map(({ sequence }) => sequence.split(' | '))
    .toSorted((a, b) => a.length - b.length)[0];
  // A descriptor, a registration, a page, its protection, its way out, and a touch.
  expect(shortest?.length).toBeLessThanOrEqual(6);
});

test('a kernel that swaps unasked is explained, and too often is a disagreement', async () => {
  const kernel = madeUpKernel(design);
  const swapping = { ...kernel, run: swapsUnasked(kernel) };
  const result = await fuzz(swapping, design, { seed: 3, runs: 150 });
  expect(result.disagreements).toEqual([]);
  expect(result.explained.by).toHaveProperty('shrink_folio_list/try-folio');
  expect(result.outcome).toBe('disagrees');
});

test('what was recorded reads as what was seen', async () => {
  const recorder = new Recorder();
  const kernel = madeUpKernel(design);
  await fuzz(kernel, design, { seed: 2, runs: 10, recorder });
  const text = recorder.text({ kernel: 'made-up', release: '7.3', design: design.name, made: 'here' });
  const all = recorded(parseRecording(text, 'f'), 'f');
  expect(all).toHaveLength(10);
  const again = new Recorder();
  all.forEach((one) => again.add(one));
  expect(again.text({ kernel: 'made-up', release: '7.3', design: design.name, made: 'here' })).toBe(text);
});

test('a recording that is cut off, of another version, or with an unknown operation is refused in one line', () => {
  expect(() => parseRecording('{"schemaVersion":1', 'f')).toThrow(/^f is no whole JSON document/u);
  expect(() => parseRecording('{"schemaVersion":7}', 'f')).toThrow(
    'f has schemaVersion 7: expected a recording with schemaVersion 1',
  );
  expect(() => parseRecording('{"schemaVersion":1}', 'f')).toThrow(/^f is no recording/u);
  const text =
    '{"schemaVersion":1,"design":"linux-7.3","seen":[],"sequences":[{"id":"a","kind":"wp-sync","pages":1,"end":"ok","steps":[["fly",0,[]]]}]}';
  expect(() => recorded(parseRecording(text, 'f'), 'f')).toThrow('f: unknown operation "fly"');
});
