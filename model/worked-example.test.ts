import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check, type CheckResult } from '../checker/index.ts';
import { bool, groundProtocol } from '../checker/language/index.ts';
import { designs, emptied, messageQueued, populated, type Decisions } from '../spec/index.ts';
import { race } from './scenarios/racing.ts';
import { searched, small, worldOf } from './testing/worlds.ts';
import { buildWorld } from './world.ts';

const contributing = readFileSync(join(import.meta.dirname, '../CONTRIBUTING.md'), 'utf8');

const verdicts = ({ results }: CheckResult): Record<string, string> =>
  Object.fromEntries(results.map(({ property, verdict }) => [property, verdict]));

describe('the worked example of CONTRIBUTING.md', () => {
  const shown = [...contributing.matchAll(/```ts\n([\s\S]*?)\n```/gu)].map(([, code = '']) => code);
  const world = worldOf('swapoff-vs-fault', 'rwp sync', 'linux-7.3');

  test('shows what the model has', () => {
    const files = ['spec/kernel/unuse_pte.ts', 'model/environment/swapoff.ts'];
    const texts = files.map((file) => readFileSync(join(import.meta.dirname, '..', file), 'utf8'));
    expect(shown.map((code) => texts.findIndex((text) => text.includes(code)))).toEqual([0, 0, 1]);
  });

  test('keeps every mark, and fires every rule', () => {
    const result = searched(world);
    expect(new Set(Object.values(verdicts(result)))).toEqual(new Set(['holds']));
    expect(result.tableRules.filter((rule) => rule.startsWith('unuse_pte'))).toEqual([
      'unuse_pte/armed',
      'unuse_pte/own',
    ]);
  });

  test('loses marks with the decision that it names, as it says', () => {
    const name = /swapoff-vs-fault --mutant (\w+)=false/u.exec(contributing)?.[1] as keyof Decisions;
    const { variant, design } = world;
    const result = searched({ ...world, variant: { ...variant, decisions: { [name]: false } }, design });
    expect(verdicts(result)).toMatchObject({ LM: 'violated', I1: 'violated', FP: 'holds' });
    const [LM] = result.results.filter(({ property }) => property === 'LM');
    const told = /LM: violated, (.*) steps/u.exec(contributing)?.[1];
    expect(LM).toMatchObject({ steps: Number(told) });
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
