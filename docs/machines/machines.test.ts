import { describe, expect, test } from 'vitest';
import { chart, designNames, designs, entryMachine, machines } from '../../spec/index.ts';
import { Artist, dotOf } from './draw.ts';
import { regionGraphs } from './edges.ts';

const all = designNames.flatMap((design) =>
  Object.values(machines).map((machine) => [design, machine.name, machine] as const),
);

describe('the graph of a region', () => {
  test.for(all)('%s: every arrow of %s is a transition of its XState machine', ([design, , machine]) => {
    const root = chart(machine, designs[design].decisions).root;
    for (const { name, edges } of regionGraphs(machine, designs[design].decisions)) {
      for (const { from, to, rules } of edges) {
        const transitions = root.states[name]?.states[from]?.transitions;
        for (const { kernelFunction, id } of rules) {
          const targets = transitions?.get(kernelFunction)?.filter((t) => t.guard === id) ?? [];
          expect(targets.map((t) => t.target?.[0]?.key)).toContain(to);
        }
      }
    }
  });

  test('has no arrow that cannot be taken: only do_swap_page() and swapoff lead from swap to present', () => {
    const [form] = regionGraphs(entryMachine, designs['linux-7.3'].decisions);
    const functions = form?.edges.find(({ from, to }) => from === 'swap' && to === 'present')?.rules ?? [];
    expect([...new Set(functions.map((rule) => rule.kernelFunction))]).toEqual(['do_swap_page', 'unuse_pte']);
    expect(form?.edges.some(({ from, to }) => from === 'swap' && to === 'migration')).toBe(false);
  });

  test('differs where the designs differ: without a bit, arming sets none', () => {
    const arming = (design: 'rfc-v2' | 'linux-7.3'): boolean =>
      regionGraphs(entryMachine, designs[design].decisions)
        .find(({ name }) => name === 'uffd')
        ?.edges.some(({ to, rules }) => to === 'uffd' && rules.some((r) => r.kernelFunction === 'mrwprotect_range')) ??
      false;
    expect([arming('rfc-v2'), arming('linux-7.3')]).toEqual([false, true]);
  });
});

describe('the picture of a region', () => {
  test('says every state and every function in SVG, and whatever it is called', async () => {
    const rules = [{ id: 'f/a', kernelFunction: 'f<"\\', because: '' }];
    const graph = {
      name: 'a"b',
      says: '',
      states: ['x&', 'y'],
      unreached: ['y'],
      edges: [{ from: 'x&', to: 'y', rules }],
    };
    expect(dotOf(graph)).toContain('digraph "a\\"b"');
    const { text } = (await Artist.start()).draw(graph);
    for (const part of ['x&amp;', '(never reached)', 'f&lt;&quot;', 'role="img"']) expect(text).toContain(part);
    expect(text).not.toMatch(/ id=|<title|<\?xml/u);
  });
});
