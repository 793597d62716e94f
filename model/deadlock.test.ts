import { expect, test } from 'vitest';
import type { StepBody, StepChange, StepHeading } from '../checker/language/index.ts';
import { designs } from '../spec/index.ts';
import { scenarios, type Scenario, type Size } from './scenarios/index.ts';
import { verify } from './verify.ts';

/** The verdict on deadlocks in one world of discard-vs-fault, with some steps changed. */
function deadlocks(world: string, size: Size, steps: ReadonlyMap<string, StepChange> = new Map()): readonly string[] {
  const all = scenarios['discard-vs-fault'];
  const only: Scenario = {
    ...all,
    variants: (design) => {
      const variants = all.variants(design, size);
      return typeof variants === 'string' ? variants : variants.filter((v) => v.name === world);
    },
  };
  const changes = { name: 'a test', steps };
  const { variants } = verify(only, designs['linux-7.3'], { size, properties: ['deadlock'], changes });
  return variants.flatMap(({ results }) =>
    results.flatMap((r) => {
      if (r.property !== 'deadlock') return [];
      return [r.verdict === 'violated' ? r.claim : r.verdict];
    }),
  );
}

const pair: Size = { pages: 1, cpus: 2 };

test('in the kernel as it is, every call and every fault can end', () => {
  expect(deadlocks('rwp sync', pair)).toEqual(['holds']);
  expect(deadlocks('wp sync', { ...pair, full: true })).toEqual(['holds']);
});

test('a lock that is not given back is a deadlock', () => {
  const keeps: StepChange = ({ does, says, at, to, when }) => ({ does, says, at, to, when }) as StepHeading & StepBody;
  expect(deadlocks('rwp sync', pair, new Map([['handle_pte_fault/unlock', keeps]]))).toEqual([
    'manager waits in the kernel for what nobody will give',
  ]);
});

test('so is a flush that asks half-way whether it is still owed, when another walk has ended between', () => {
  let owed: StepBody['when'] = [];
  const remembers: StepChange = (step) => {
    owed = step.when?.slice(1);
    return step;
  };
  const asksAgain: StepChange = (step) => ({ ...step, when: [...(step.when ?? []), ...(owed ?? [])] });
  const steps = new Map([
    ['do_wp_page/flush', remembers],
    ['do_wp_page/flush-last', asksAgain],
  ]);
  expect(deadlocks('wp sync', { ...pair, full: true }, steps)).toEqual([
    'cpu waits in the kernel for what nobody will give',
  ]);
});
