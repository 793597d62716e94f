import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { kindsOf } from '../../model/sequential/session.ts';
import { Sequential } from '../../model/sequential/sequential.ts';
import { designs } from '../../spec/index.ts';
import type { SequenceSeen, StepSeen } from '../kernels/report.ts';
import { complaints } from '../testing/schemas.ts';
import { madeUpKernel, simulate } from '../testing/synthesize.ts';
import { vectorC } from './c/files.ts';
import { allVectors, formsInside } from './generate.ts';
import { judgeVector, sequenceOf } from './judge.ts';
import { ktap } from './ktap.ts';
import { runVectors, type RunResult } from './run.ts';
import { parseVectors } from './parse.ts';
import type { Vector } from './vector.ts';

const design = designs['linux-7.3'];
const vectors = allVectors(design);
const models = new Map(kindsOf(design).map((kind) => [kind, new Sequential(design, kind)]));

const simulated = (vector: Vector): SequenceSeen => simulate(models.get(vector.kind) as Sequential, sequenceOf(vector));

/** The same report with one thing of the step that the vector is about turned round. */
function falsified(
  vector: Vector,
  { id, steps, end }: SequenceSeen,
  change: (step: StepSeen) => StepSeen,
): SequenceSeen {
  return { id, end, steps: steps.map((step, i) => (i === vector.aboutStep ? change(step) : step)) };
}

describe('the vectors of linux-7.3', () => {
  test('are one for each form of the entry at rest and each operation', () => {
    expect(vectors.length).toBeGreaterThan(5400);
    expect(new Set(vectors.map(({ id }) => id)).size).toBe(vectors.length);
    const formsOf = (name: string): string[] =>
      [...new Set(vectors.filter(({ kind }) => kind === name).map(({ form }) => form))].toSorted();
    expect(formsOf('shmem-wp-sync')).toEqual([
      'file',
      'file+no-access',
      'file+uffd',
      'file+uffd+no-access',
      'marker',
      'marker+cached',
      'none',
      'none+cached',
      'poison',
    ]);
    expect(formsOf('rwp-sync')).toMatchInlineSnapshot(`
      [
        "guard",
        "none",
        "poison",
        "present",
        "present+no-access",
        "present+no-access+shared",
        "present+read-only",
        "present+read-only+shared",
        "present+uffd",
        "present+uffd+no-access",
        "present+uffd+no-access+shared",
        "present+uffd+shared",
        "swap",
        "swap+shared",
        "swap+uffd",
        "swap+uffd+shared",
        "zero",
        "zero+no-access",
        "zero+uffd",
        "zero+uffd+no-access",
      ]
    `);
  });

  test('leave out what exists only inside a call, and say what that is', () => {
    expect(formsInside(design, 'rwp-sync')).toMatchInlineSnapshot(`
      [
        "marker",
        "migration",
        "present+uffd+writable",
        "migration+uffd",
        "poison+uffd",
        "guard+uffd",
      ]
    `);
  });

  test('are what the published schema describes', () => {
    expect(complaints('vector', { schemaVersion: 1, vectors })).toBe('');
  });

  test('accept what the model does, or wait for the event that they force', () => {
    const verdicts = vectors.map((vector) => judgeVector(vector, sequenceOf(vector), simulated(vector)).verdict);
    expect(new Set(verdicts)).toEqual(new Set(['agrees']));
  });

  test('reject one bit that is not as it should be, each of them', () => {
    const flip = (step: StepSeen): StepSeen => {
      const [page] = step.pages;
      return { ...step, pages: page ? [{ ...page, uffd: !page.uffd }] : [] };
    };
    for (const vector of vectors) {
      const verdict = judgeVector(vector, sequenceOf(vector), falsified(vector, simulated(vector), flip));
      expect(verdict, vector.id).toMatchObject({ verdict: 'disagrees', step: vector.aboutStep });
    }
  });

  test('reject an errno, or its absence, that is not as it should be, each of them', () => {
    const flip = (step: StepSeen): StepSeen => ({
      ...step,
      ret: step.ret === 0 ? 'ENOMEM' : 0,
      msgs: [],
      out: undefined,
    });
    for (const vector of vectors) {
      const verdict = judgeVector(vector, sequenceOf(vector), falsified(vector, simulated(vector), flip));
      expect(verdict.verdict, vector.id).toBe('disagrees');
    }
  });
});

/** A run that nobody interrupts. */
async function ran(...args: Parameters<typeof runVectors>): Promise<RunResult> {
  const result = await runVectors(...args);
  if (result.outcome === 'interrupted') throw new Error('nobody interrupted it');
  return result;
}

describe('a run of vectors', () => {
  test('says ok, and skips what the kernel does not do in five attempts', async () => {
    const some = vectors.filter(({ id }) => id.startsWith('rwp-sync/present+uffd+no-access/'));
    // The last way of a forced event is that nothing happens.
    const result = await ran(
      madeUpKernel(design, (ways) => ways - 1),
      design.name,
      some,
      { system: true },
    );
    expect(complaints('run', result)).toBe('');
    expect(result.counts).toEqual({ agrees: some.length - 2, disagrees: 0, skipped: 2, incomplete: 0 });
    expect(ktap(result)).toContain('# SKIP the page was not swapped out in 5 attempts');
  });

  test('says what was allowed instead', async () => {
    const wrong = { ...design, decisions: { ...design.decisions, swapInRestoresNoAccess: false } };
    const some = vectors.filter(({ id }) => id === 'rwp-sync/swap+uffd/touch-r');
    const result = await ran(madeUpKernel(wrong), design.name, some, { system: true });
    expect(ktap(result)).toMatchInlineSnapshot(`
      "KTAP version 1
      # kernel made-up (7.3.0-made-up), judged by linux-7.3
      1..1
      # the first 5 operations are as they should be; then touch 0 r
      # seen:    returned 0, thread done, read newest, entry [present uffd exclusive], scan [PRESENT]
      # allowed: returned 0, thread blocked, entry [present uffd exclusive], scan [PRESENT]
      #          because user/access, hardware/trap, handle_pte_fault/swapped, do_swap_page/store, do_swap_page/done, hardware/trap, handle_pte_fault/rwp, do_uffd_rwp/sync, handle_userfault/enqueue, userfaultfd_must_wait/look, schedule/sleep
      not ok 1 rwp-sync/swap+uffd/touch-r
      # Totals: pass:0 fail:1 xfail:0 xpass:0 skip:0 error:0
      "
    `);
  });

  test('skips what would change the whole machine, unless that is allowed', async () => {
    const some = vectors.filter(({ id }) => id === 'rwp-sync/swap+uffd/touch-r');
    const result = await ran(madeUpKernel(design), design.name, some, { system: false });
    expect(result).toMatchObject({
      outcome: 'skipped',
      results: [{ because: expect.stringContaining('--system') as string }],
    });
  });
});

describe('a run of vectors that is interrupted', () => {
  test('has no result, which the published schema would not describe either', async () => {
    const some = vectors.filter(({ id }) => id.startsWith('wp-sync/none/'));
    const signal = AbortSignal.abort();
    const result = await runVectors(madeUpKernel(design), design.name, some, { system: false, signal });
    expect(result).toEqual({ outcome: 'interrupted' });
    const whole = await ran(madeUpKernel(design), design.name, some, { system: false });
    expect(complaints('run', whole)).toBe('');
    expect(complaints('run', { ...whole, outcome: 'interrupted' })).toContain('/outcome');
  });
});

describe('a file of vectors', () => {
  test('that is cut off, or of another version, is refused in one line', () => {
    const [vector] = vectors;
    const text = JSON.stringify(vector);
    expect(parseVectors(text, 'v.json')).toEqual([vector]);
    expect(() => parseVectors(text.slice(0, 99), 'v.json')).toThrow(/^v.json is no whole JSON document/u);
    expect(() => parseVectors(JSON.stringify({ ...vector, schemaVersion: 2 }), 'v.json')).toThrow(
      'v.json has schemaVersion 2: expected a vector with schemaVersion 1',
    );
    expect(() => parseVectors('{"schemaVersion":1,"vectors":[{}]}', 'v.json')).toThrow(/is no vector/u);
  });

  const swapping = vectors.find(({ gates, kind }) => gates.swap && kind === 'rwp-sync') as Vector;
  test.each([
    ['an unknown feature', { gates: { ...swapping.gates, features: ['fly'] } }, /ask for an unknown feature "fly"$/u],
    [
      'less than the session needs',
      { gates: { ...swapping.gates, features: ['pagefault-flag-wp'] } },
      /contradict its kind: a session rwp-sync needs rwp$/u,
    ],
    ['no swap', { gates: { ...swapping.gates, swap: false } }, /it swaps a page out, and asks for no swap$/u],
    ['swap without a side effect', { sideEffects: 'none' as const }, /it needs swap, and says "none"$/u],
    ['a session that there is not', { kind: 'xp-sync' as 'wp-sync' }, /unknown kind of session "xp-sync"$/u],
    ['no version', { gates: { ...swapping.gates, version: 'new' } }, /a 'version' such as 7\.3$/u],
    [
      'states that are missing',
      { steps: swapping.steps.map((s) => ({ ...s, states: [] })) },
      /knows 0 states: expected 1$/u,
    ],
  ])('whose gates or steps contradict each other is refused in one line: %s', (_, change, message) => {
    expect(() => parseVectors(JSON.stringify({ ...swapping, ...change }), 'v.json')).toThrow(message);
  });

  test('of the project is accepted, each of them', () => {
    expect(parseVectors(JSON.stringify({ schemaVersion: 1, vectors }), 'v.json')).toHaveLength(vectors.length);
  });
});

describe('a vector as a C file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-vector-test-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('compiles without a warning, and passes or says why it cannot', ({ skip }) => {
    if (spawnSync('gcc', ['--version']).status !== 0) skip('no gcc');
    const chosen = allVectors(designs['linux-6.18']).filter(({ id }) =>
      ['wp-sync/present+uffd/touch-w', 'wp-async/marker/evict', 'wp-async/swap+uffd/touch-w'].includes(id),
    );
    expect(chosen).toHaveLength(3);
    const codes = chosen.map((vector, i) => {
      const [source, program] = [join(folder, `${i}.c`), join(folder, String(i))];
      writeFileSync(source, vectorC(vector));
      const flags = ['-static', '-pthread', '-Wall', '-Wextra', '-Werror', '-o', program, source];
      const compiled = spawnSync('gcc', flags, { encoding: 'utf8' });
      expect(compiled.stderr).toBe('');
      const ended = spawnSync(program, { encoding: 'utf8' });
      expect(ended.stdout).toMatch(/^KTAP version 1\n1\.\.1\nok 1 wp-/u);
      return ended.status;
    });
    codes.forEach((code) => expect([0, 4]).toContain(code));
  }, 60_000);
});
