import { describe, expect, test } from 'vitest';
import type { AnyStateNode } from 'xstate';
import { designNames, designs } from './designs/index.ts';
import { chart } from './machine/chart.ts';
import { kernelFunction } from './machine/kernel-function.ts';
import type { MachineDescription } from './machine/machine.ts';
import { machines } from './mutant.ts';
import { waiterMachine } from './waiter/waiter.ts';

const { decisions } = designs['linux-7.3'];
const all: readonly MachineDescription[] = Object.values(machines);

/** The transitions of every state of a node, as `from --event--> to`; a transition without a target stays. */
function arrows(node: AnyStateNode): readonly { from: AnyStateNode; event: string; to: AnyStateNode | undefined }[] {
  const own = [...node.transitions].flatMap(([event, transitions]) =>
    transitions.flatMap(({ target }) => (target ?? [undefined]).map((to) => ({ from: node, event, to }))),
  );
  return [...own, ...Object.values(node.states).flatMap(arrows)];
}

describe.each(all)('the chart of $name', (machine) => {
  test.for(designNames)('has no arrow that leads nowhere: %s', (name) => {
    const root = chart(machine, designs[name].decisions).root;
    const known = new Set(arrows(root).map(({ from }) => from));
    const targets = arrows(root).flatMap(({ to }) => to ?? []);
    expect(targets.length).toBeGreaterThan(0);
    expect(targets.filter((to) => !known.has(to)).map(({ id }) => id)).toEqual([]);
  });

  test.for(machine.regions.map((region) => [region.name, region] as const))(
    'draws %s alone: its arrows stay inside, and the drawing is plain data',
    ([, region]) => {
      const node = chart(machine, decisions).root.states[region.name] as AnyStateNode;
      const inside = new Set(Object.values(node.states));
      expect(Object.keys(node.states)).toEqual(region.states);
      expect(arrows(node).filter(({ to }) => to !== undefined && !inside.has(to))).toEqual([]);
      expect(JSON.parse(JSON.stringify(node.definition))).toMatchObject({ key: region.name });
    },
  );

  test('names every branch that the design has, with its sentence, on the arrows', () => {
    const shown = JSON.stringify(chart(machine, decisions).root.definition);
    for (const of of machine.functions) {
      for (const branch of of.branches) {
        const isOn = Object.entries(branch.given ?? {}).every(
          ([decision, value]) => decisions[decision as keyof typeof decisions] === value,
        );
        expect(shown.includes(`"${of.name}/${branch.name}"`)).toBe(isOn);
        expect(!isOn || shown.includes(JSON.stringify(branch.because).slice(1, -1))).toBe(true);
      }
    }
  });

  test('has only plain events: nothing is raised, and nothing happens by itself or after a time', () => {
    const { root } = chart(machine, decisions);
    const nodes = [root, ...new Set(arrows(root).map(({ from }) => from))];
    const extras = nodes.flatMap((n) => [n.always ?? [], n.after, n.entry, n.exit, n.invoke]);
    const actions = nodes.flatMap((n) => [...n.transitions.values()].flat().flatMap((t) => t.actions));
    expect([...extras.flat(), ...actions]).toEqual([]);
  });
});

test('a branch that leads to a state that the machine does not have is refused', () => {
  const astray = kernelFunction('schedule', 'kernel/sched/core.c', {}, [
    { name: 'astray', because: 'There is no such state.', target: { task: 'dozing' } },
  ]);
  expect(() => chart({ ...waiterMachine, functions: [astray] }, decisions)).toThrow(/dozing/u);
});
