import { describe, expectTypeOf, test } from 'vitest';
import { defineMutant, scenarios, type Mutant, type Scenario, type ScenarioName, type StepRule } from './index.ts';

// As in spec/types.test.ts: these hold when the compiler accepts this file.

describe('a name that the user writes is a literal type', () => {
  test('of a scenario', () => {
    expectTypeOf<'reclaim-vs-fault' | 'evict-loop' | 'everything'>().toExtend<ScenarioName>();
    expectTypeOf<string>().not.toExtend<ScenarioName>();
    expectTypeOf(scenarios['numa-vs-rwp']).toEqualTypeOf<Scenario>();
    // @ts-expect-error there is no such scenario
    void scenarios['numa-vs-wp'];
  });

  test('of a step', () => {
    expectTypeOf<'do_uffd_rwp/changed'>().toExtend<StepRule>();
    expectTypeOf<'do_uffd_rwp/change'>().not.toExtend<StepRule>();
  });

  test('everywhere in a mutant', () => {
    const mutant = defineMutant({
      design: 'linux-7.3',
      decisions: { swapInRestoresNoAccess: false },
      rules: {
        'do_swap_page/own': (branch) => ({ ...branch, target: {} }),
        'do_uffd_rwp/changed': (step) => ({ ...step, off: 'the defect under study' }),
      },
    });
    expectTypeOf(mutant).toEqualTypeOf<Mutant>();
    // @ts-expect-error no such design
    defineMutant({ design: 'linux-7.5' });
    // @ts-expect-error no such decision
    defineMutant({ design: 'linux-7.3', decisions: { swapInRestoresAccess: false } });
    // @ts-expect-error no such rule
    defineMutant({ design: 'linux-7.3', rules: { 'do_swap_page/owned': (branch) => branch } });
    // @ts-expect-error a branch has no such part
    defineMutant({ design: 'linux-7.3', rules: { 'do_swap_page/own': (branch) => ({ ...branch, when: 7 }) } });
  });
});
