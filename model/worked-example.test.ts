import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check, type CheckResult } from '../checker/index.ts';
import { groundProtocol } from '../checker/language/index.ts';
import { machines, type KernelFunction } from '../spec/index.ts';
import { faultOf, kernelTree, whySkipped } from '../spec/testing/kernel-tree.ts';
import { swapoff } from './testing/example/swapoff.ts';
import { unuse_pte } from './testing/example/unuse_pte.ts';
import { worldOf } from './testing/worlds.ts';
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
