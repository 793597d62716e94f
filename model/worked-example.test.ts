import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check, type CheckResult } from '../checker/index.ts';
import { bool, groundProtocol } from '../checker/language/index.ts';
import { designs, emptied, machines, messageQueued, populated, type KernelFunction } from '../spec/index.ts';
import { faultOf, kernelTree, whySkipped } from '../spec/testing/kernel-tree.ts';
import { race } from './scenarios/racing.ts';
import { swapoff } from './testing/example/swapoff.ts';
import { unuse_pte } from './testing/example/unuse_pte.ts';
import { small, worldOf } from './testing/worlds.ts';
import { buildWorld } from './world.ts';

const contributing = readFileSync(join(import.meta.dirname, '../CONTRIBUTING.md'), 'utf8');

/** `reclaim-vs-fault` in Linux 7.3, with swapoff beside reclaim. */
function withSwapoff(of: KernelFunction): CheckResult {
  const { variant, design, name } = worldOf('reclaim-vs-fault', 'rwp sync', 'linux-7.3');
  const entry = { ...machines.entry, functions: [...machines.entry.functions, of] };
  const options = { ...variant.options, name, design, machines: { ...machines, entry } };
  const { kernel } = buildWorld(options, variant.properties);
  swapoff(kernel);
  return check(groundProtocol(kernel.protocol.build()), { properties: ['impossible', ...variant.properties] });
}

const verdicts = ({ results }: CheckResult): Record<string, string> =>
  Object.fromEntries(results.map(({ property, verdict }) => [property, verdict]));

describe('the worked example of CONTRIBUTING.md', () => {
  test.for(['unuse_pte.ts', 'swapoff.ts'])('shows %s as it is here, but for its imports', (file) => {
    const text = readFileSync(join(import.meta.dirname, 'testing/example', file), 'utf8');
    const body = text.slice(text.indexOf('\n\n') + 2).trim();
    expect(contributing.includes(`\`\`\`ts\n${body}\n\`\`\``)).toBe(true);
  });

  test('keeps every mark, and fires every rule', () => {
    const result = withSwapoff(unuse_pte);
    expect(new Set(Object.values(verdicts(result)))).toEqual(new Set(['holds']));
    expect(result.tableRules.filter((rule) => rule.startsWith('unuse_pte'))).toEqual([
      'unuse_pte/armed',
      'unuse_pte/own',
    ]);
  });

  test('loses marks without its first branch, as it says', () => {
    const result = withSwapoff({ ...unuse_pte, branches: unuse_pte.branches.slice(1) });
    expect(verdicts(result)).toMatchObject({ LM: 'violated', I1: 'violated', FP: 'holds' });
    const [LM] = result.results.filter(({ property }) => property === 'LM');
    const told = /LM: violated, (.*) steps/u.exec(contributing)?.[1];
    expect(LM).toMatchObject({ steps: Number(told) });
  });

  test.skipIf(kernelTree === '')(`has an anchor in the kernel source${whySkipped}`, () => {
    expect(faultOf(unuse_pte.anchor)).toBeUndefined();
  });
});

const readme = (folder: string): string => readFileSync(join(import.meta.dirname, '..', folder, 'README.md'), 'utf8');

test('the property of spec/README.md is violated as it says', () => {
  const { variant, design, name } = worldOf('discard-vs-fault', 'rwp sync', 'linux-7.3');
  const { kernel } = buildWorld({ ...variant.options, name, design }, []);
  kernel.protocol.property('ND', (m) => {
    const gone = m.ghost('gone', bool, false, kernel.pages);
    m.on(emptied, ({ page }) => [gone(page).becomes(true)]);
    m.on(populated, ({ page }) => [gone(page).becomes(false)]);
    m.neverStep('a message about a page without content', messageQueued, ({ page }) => gone(page));
    m.sometimesStep('a page is emptied', emptied);
  });
  const { results } = check(groundProtocol(kernel.protocol.build()), { properties: ['ND'] });
  const told = /it is violated in (\d+) steps/u.exec(readme('spec'))?.[1];
  expect(results.find(({ property }) => property === 'ND')).toMatchObject({ verdict: 'violated', steps: Number(told) });
});

test('the scenario of model/README.md holds as it says', () => {
  const variant = race(small, { protection: 'rwp', async: false, environment: ['reclaim', 'migration'] });
  const options = { ...variant.options, name: 'reclaim-vs-migrate', design: designs['linux-7.3'] };
  const result = check(groundProtocol(buildWorld(options, variant.properties).protocol));
  expect(new Set(Object.values(verdicts(result)))).toEqual(new Set(['holds']));
  const told = /\((\d+),000 states for `rwp sync`/u.exec(readme('model'))?.[1];
  expect(Math.round(result.states / 10_000) * 10).toBe(Number(told));
});
