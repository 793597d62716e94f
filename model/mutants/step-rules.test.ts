import { expect, test } from 'vitest';
import { designNames, designs } from '../../spec/index.ts';
import { scenarioNames, scenarios } from '../scenarios/index.ts';
import { sequentialWorld } from '../sequential/world.ts';
import { sessionKinds } from '../sequential/session.ts';
import { variantsOf } from '../verify.ts';
import { buildWorld } from '../world.ts';
import { stepRules } from './step-rules.ts';

/** The rules of every program that is built: in each scenario for each design, and in the world of the vectors. */
function declared(): ReadonlySet<string> {
  const rules = new Set<string>();
  const note = ({ steps, off }: ReturnType<typeof buildWorld>['protocol']): void => {
    for (const { rule } of steps) rules.add(rule);
    for (const rule of off.keys()) rules.add(rule);
  };
  for (const design of designNames.map((name) => designs[name])) {
    for (const scenario of scenarioNames.map((name) => scenarios[name])) {
      const variants = variantsOf(scenario, design);
      for (const { name, options } of typeof variants === 'string' ? [] : variants) {
        note(buildWorld({ ...options, name, design }, []).protocol);
      }
    }
  }
  for (const kind of sessionKinds) note(sequentialWorld(designs['linux-7.3'], kind).kernel.protocol.build());
  return rules;
}

test('the list of step rules is what the programs declare: a mutant can name each of them, and no other', () => {
  expect([...stepRules]).toEqual([...declared()].toSorted());
  expect(stepRules.length).toBeGreaterThan(200);
});
