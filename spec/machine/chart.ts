import { and, or, setup, stateIn, type AnyStateMachine } from 'xstate';
import type { Decisions } from '../decisions/index.ts';
import { isOn, ruleId, type Branch, type KernelFunction } from './kernel-function.ts';
import type { MachineDescription, Region } from './machine.ts';

type ChartEvent = Readonly<Record<string, string>> & { readonly type: string };
type Guard = Parameters<typeof and>[0][number];

/** The XState guard of a branch: `stateIn` for what it asks of the regions, a comparison for its payload. */
function guardOf(branch: Branch, regions: ReadonlySet<string>): Guard {
  const parts = Object.entries(branch.when ?? {}).map(([name, wanted]): Guard => {
    const values = typeof wanted === 'string' ? [wanted] : wanted;
    if (regions.has(name)) return or(values.map((value) => stateIn({ [name]: value }))) as Guard;
    return (({ event }: { event: ChartEvent }) => values.includes(event[name] ?? '')) as unknown as Guard;
  });
  return and(parts) as Guard;
}

function transitionsOf(region: Region, of: KernelFunction, decisions: Decisions): object[] {
  return of.branches
    .filter((branch) => isOn(branch, decisions))
    .map((branch) => {
      const target = branch.target === 'impossible' ? undefined : branch.target[region.name];
      const description = branch.target === 'impossible' ? `impossible: ${branch.because}` : branch.because;
      return { guard: ruleId(of, branch), description, ...(target !== undefined && { target }) };
    });
}

/**
 * The XState v5 machine of a description under a design's decisions: each branch of a kernel function is a guarded
 * transition in every region, in the function's order, so that all regions take the same branch.
 */
export function chart(machine: MachineDescription, decisions: Decisions): AnyStateMachine {
  const regions = new Set(machine.regions.map((r) => r.name));
  const guards: Record<string, Guard> = {};
  for (const of of machine.functions) {
    for (const branch of of.branches) guards[ruleId(of, branch)] = guardOf(branch, regions);
  }
  const states = Object.fromEntries(
    machine.regions.map((region) => {
      const on = Object.fromEntries(machine.functions.map((of) => [of.name, transitionsOf(region, of, decisions)]));
      const leaves = Object.fromEntries(region.states.map((state) => [state, { on }]));
      return [region.name, { initial: region.states[0], description: region.says, states: leaves }];
    }),
  );
  return setup({ types: {} as { events: ChartEvent }, guards: guards as never }).createMachine({
    id: machine.name,
    type: 'parallel',
    states: states as never,
  }) as unknown as AnyStateMachine;
}
