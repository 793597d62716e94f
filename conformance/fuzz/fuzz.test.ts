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
import { complaints } from '../testing/schemas.ts';
import { runVectors } from '../vectors/run.ts';
import { parseVectors } from '../vectors/parse.ts';
import { fuzz } from './fuzz.ts';

const design = designs['linux-7.3'];
/** A kernel that pages out where it is asked to wake, in sequences in which nobody can be asleep. */
function swapsUnasked(kernel: Kernel): Kernel['run'] {
  return async (lines, onResult, signal) => {
    const asked: string[] = [];
    const changed = (async function* (): AsyncGenerator<string> {
      for await (const line of lines) {
        asked.push(line);
        const awake = line.includes('wp-async ') && !/missing|close/u.test(line);
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
    await fuzz(madeUpKernel(design), design, { seed: 5, runs: 20, memory: 'anon', recorder });
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
  const result = await fuzz(madeUpKernel(wrong), design, { seed: 1, runs: 300, memory: 'anon' });
  expect(result.outcome).toBe('disagrees');
  const shortest = result.disagreements
    .map(({ sequence }) => sequence.split(' | '))
    .toSorted((a, b) => a.length - b.length)[0];
  // A descriptor, a registration, a page, its protection, its way out, and a touch.
  expect(shortest?.length).toBeLessThanOrEqual(6);
});

test('a kernel that swaps unasked is explained, and too often is a disagreement', async () => {
  // Of the kernel without RWP every other sequence is one about WP in async mode.
  const older = designs['linux-6.18'];
  const kernel = madeUpKernel(older);
  const swapping = { ...kernel, run: swapsUnasked(kernel) };
  const result = await fuzz(swapping, older, { seed: 3, runs: 400, memory: 'anon' });
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
  const step = (one: string): (() => unknown) => {
    const whole = text.replace('["fly",0,[]]', one).replace('"seen":[]', '"seen":[{}]');
    return () => recorded(parseRecording(whole, 'f'), 'f');
  };
  expect(step('["read",0,[0]]')).not.toThrow();
  expect(step('["read",42,[0]]')).toThrow('f: sequence a, step 0 returned 42: expected 0 or the name of an errno');
  expect(step('["read","OK",[0]]')).toThrow('f: sequence a, step 0 returned "OK": expected 0 or the name of an errno');
  expect(step('["read",0,[]]')).toThrow('f: sequence a, step 0 tells of 0 pages: expected 1');
});

/** A kernel that writes through a protection, each time that `errs` says so. */
function forgetful(errs: () => boolean): Kernel {
  const kernel = madeUpKernel(design);
  const wrong = madeUpKernel({ ...design, decisions: { ...design.decisions, swapInRestoresNoAccess: false } });
  const run: Kernel['run'] = async (lines, onResult, signal) => {
    let done = 0;
    for await (const line of lines) {
      if (signal?.aborted) return { kind: 'interrupted', sequences: done, seconds: 0 };
      done++;
      await (errs() ? wrong : kernel).run([line], onResult);
    }
    return { kind: 'finished', sequences: done, seconds: 0 };
  };
  return { ...kernel, run };
}

test('a disagreement is kept as soon as it is found, and again when it is short: as text, as a vector and as C', async () => {
  const kept = new Map<string, string>();
  const controller = new AbortController();
  let first = '';
  const interrupted = await fuzz(
    forgetful(() => true),
    design,
    {
      seed: 1,
      runs: 400,
      memory: 'anon',
      signal: controller.signal,
      onFound: (files) => {
        first ||= files[0]?.content ?? '';
        controller.abort();
      },
    },
  );
  // It was interrupted at once: what it had found by then is the result.
  expect(interrupted.sequences).toBeLessThan(400);
  expect(interrupted.disagreements).toHaveLength(1);
  expect(first).toContain('not run again yet');

  const result = await fuzz(
    forgetful(() => true),
    design,
    {
      seed: 1,
      runs: 150,
      memory: 'anon',
      onFound: (files) => files.forEach(({ path, content }) => kept.set(path, content)),
    },
  );
  expect(complaints('fuzz', result)).toBe('');
  expect(result.disagreements.length).toBeGreaterThan(0);
  for (const { again } of result.disagreements) expect(again).toEqual({ runs: 5, disagreed: 5 });
  const vectors = [...kept].filter(([path]) => path.endsWith('.json'));
  expect(vectors.length).toBeGreaterThan(0);
  for (const [path, text] of vectors) {
    const [vector] = parseVectors(text, path);
    if (vector === undefined) throw new Error('no vector');
    expect(complaints('vector', vector)).toBe('');
    // The vector is what the model says: it passes on a kernel that does so, and fails on the one where it was found.
    const ran = async (kernel: Kernel) => runVectors(kernel, design.name, [vector], { system: true });
    expect(await ran(madeUpKernel(design))).toMatchObject({ counts: { disagrees: 0 } });
    expect(await ran(forgetful(() => true))).toMatchObject({ counts: { disagrees: 1 } });
    expect(kept.get(path.replace(/json$/u, 'c'))).toContain(vector.id);
  }
});

test('what fails by chance is not taken for shorter: the report says how often it failed', async () => {
  let asked = 0;
  const { disagreements } = await fuzz(
    forgetful(() => asked++ % 5 === 0),
    design,
    { seed: 1, runs: 400, memory: 'anon' },
  );
  expect(disagreements.length).toBeGreaterThan(0);
  for (const { again, sequence } of disagreements) {
    expect(again).toEqual({ runs: 5, disagreed: 1 });
    expect(sequence.split(' | ').length).toBeGreaterThan(3);
  }
});

test('a kernel without a feature narrows what it is asked for, and the result says so', async () => {
  const made = madeUpKernel(design);
  const old: Kernel = { ...made, probe: { ...made.probe, features: 0x1ffff, nodes: 1, swapBytes: 0, swapOff: false } };
  const recorder = new Recorder();
  const { narrowed } = await fuzz(old, designs['linux-6.18'], { seed: 1, runs: 50, recorder });
  expect(narrowed).toEqual([
    'no session of read-write-protect: this kernel has no rwp',
    'no page is swapped out: there is no swap',
    'no swap area is taken away: the swap is not ours',
    'no page is migrated: there is one NUMA node',
  ]);
  const text = recorder.text({ kernel: 'made-up', release: '6.18', design: 'linux-6.18', made: 'here' });
  expect(text).not.toMatch(/pageout|migrate|swapoff|rwp/u);
  expect((await fuzz(made, design, { seed: 1, runs: 5 })).narrowed).toEqual([]);
});
