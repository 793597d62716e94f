import type { Design } from '../spec/index.ts';
import { kernelTestCases, notExpressed } from './kernel-tests/index.ts';
import { kernelTestTasks } from './kernel-tests/run.ts';
import type { Kernel } from './kernels/kernel.ts';
import { chooseVectors, type UnknownVector } from './vectors/choose.ts';
import {
  runTasks,
  vectorTasks,
  type Interrupted,
  type KernelTestsSummary,
  type RunResult,
  type Task,
  type VectorRunOptions,
} from './vectors/run.ts';

/** What the ids of the kernel's own tests begin with. */
const prefix = 'kernel-tests';

const isTest = (name: string): boolean => name === prefix || name.startsWith(`${prefix}/`);

/**
 * What the user asks to be run: vectors and the kernel's own tests by id, by the beginning of ids, or by a file; all of
 * them when nothing is named.
 *
 * @throws UsageProblem when a file is no whole file of vectors of this version
 */
export function chooseTasks(
  names: readonly string[],
  kernel: Kernel,
  design: Design,
  system: boolean,
): readonly Task[] | UnknownVector {
  const [tests, others] = [names.filter(isTest), names.filter((name) => !isTest(name))];
  const chosen = kernelTestTasks(names.length === 0 ? [prefix] : tests, kernel, design);
  const missing = tests.find((name) => kernelTestTasks([name], kernel, design).length === 0);
  if (missing !== undefined) return { kind: 'unknown', name: missing, known: kernelTestCases().map(({ id }) => id) };
  if (names.length > 0 && others.length === 0) return chosen;
  const vectors = chooseVectors(others, design);
  return 'kind' in vectors ? vectors : [...vectorTasks(vectors, kernel, system), ...chosen];
}

/** How many of the cases of the kernel's own tests there are here, and why the others are not. */
export function kernelTestsSummary(results: RunResult['results']): KernelTestsSummary {
  const cameTo = (...wanted: readonly string[]): number =>
    results.filter(({ id, result }) => isTest(id) && wanted.includes(result)).length;
  const reasons = new Map<string, number>();
  for (const { because, memories } of notExpressed) {
    reasons.set(because, (reasons.get(because) ?? 0) + memories.length);
  }
  const left = [...reasons.values()].reduce((sum, count) => sum + count, 0);
  const expressed = kernelTestCases().length;
  return {
    expressed,
    total: expressed + left,
    passed: cameTo('agrees'),
    failed: cameTo('disagrees', 'incomplete'),
    skipped: cameTo('skipped'),
    notExpressed: [...reasons].map(([because, cases]) => ({ because, cases })).toSorted((a, b) => b.cases - a.cases),
  };
}

/** Runs what was chosen on a kernel; where the kernel's own tests are among it, the result counts them. */
export async function runAll(
  kernel: Kernel,
  design: Design,
  tasks: readonly Task[],
  options: Omit<VectorRunOptions, 'system'>,
): Promise<RunResult | Interrupted> {
  const result = await runTasks(kernel, design.name, tasks, options);
  if (result.outcome === 'interrupted' || !tasks.some(({ id }) => isTest(id))) return result;
  return { ...result, kernelTests: kernelTestsSummary(result.results) };
}
