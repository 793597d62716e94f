import { transition, type AnyMachineSnapshot } from 'xstate';
import { describe, expect, test } from 'vitest';
import { designNames, designs, type DesignName } from './designs/index.ts';
import { entryOf } from './entry/backing.ts';
import { entryMachine } from './entry/entry.ts';
import { chart } from './machine/chart.ts';
import { payloads, type Configuration, type MachineDescription } from './machine/machine.ts';
import { changeBranches } from './mutant.ts';
import { registrationMachine } from './registration/registration.ts';
import { evaluate, hide, nameOf, tabulate, type Tabulated } from './tabulate.ts';
import { waiterMachine } from './waiter/waiter.ts';
import type { Decisions } from './decisions/index.ts';

type Evaluator = typeof evaluate;

/** The (configuration, event) pairs on which XState and an evaluator differ. */
function differences(machine: MachineDescription, decisions: Decisions, evaluator: Evaluator): string[] {
  const xstate = chart(machine, decisions);
  const found: string[] = [];
  for (const configuration of tabulate(machine, decisions).configurations) {
    const snapshot = xstate.resolveState({ value: { ...configuration }, context: {} }) as AnyMachineSnapshot;
    for (const of of machine.functions) {
      for (const payload of payloads(of)) {
        const [next] = transition(xstate, snapshot, { type: of.name, ...payload });
        const ours = evaluator(of, decisions, configuration, payload).next ?? configuration;
        if (nameOf(machine, next.value as Configuration) !== nameOf(machine, ours)) {
          found.push(`${nameOf(machine, configuration)} × ${of.name} ${JSON.stringify(payload)}`);
        }
      }
    }
  }
  return found;
}

describe.each([entryMachine, registrationMachine, waiterMachine])('the tables of $name', (machine) => {
  // Designs that differ only in decisions that the machine does not read have the same tables.
  const tablesOf = (name: DesignName): Tabulated => tabulate(machine, designs[name].decisions);
  const distinct = [...new Set(designNames.map(tablesOf))].map((tables) =>
    designNames.filter((name) => tablesOf(name) === tables),
  );
  test.for(distinct.map((names) => [names.join(', '), designs[names[0] as DesignName].decisions] as const))(
    'agree with XState everywhere: %s',
    ([, decisions]) => {
      expect(differences(machine, decisions, evaluate)).toEqual([]);
    },
  );
});

test('an evaluator that takes the last branch instead of the first is found out', () => {
  const wrong: Evaluator = (of, decisions, configuration, payload) =>
    evaluate({ ...of, branches: of.branches.toReversed() }, decisions, configuration, payload);
  expect(differences(waiterMachine, designs['linux-7.3'].decisions, wrong).length).toBeGreaterThan(0);
});

test('young steers nothing, so the search may leave it out', () => {
  const { decisions } = designs['linux-7.3'];
  const full = tabulate(entryMachine, decisions);
  const small = tabulate(hide(entryMachine, 'young'), decisions);
  expect(small.domain.values.length).toBeLessThan(full.domain.values.length);
  expect(() => hide(entryMachine, 'exclusive')).toThrow(/asks for exclusive/u);
});

describe('the tables are made again', () => {
  const { decisions } = designs['linux-7.3'];

  test('only where a decision changes that the machine reads', () => {
    const before = tabulate(waiterMachine, decisions);
    expect(tabulate(waiterMachine, { ...decisions, swapInKeepsBit: false })).toBe(before);
    expect(tabulate(entryMachine, { ...decisions, setModeDrains: false })).toBe(tabulate(entryMachine, decisions));
    expect(tabulate(entryMachine, { ...decisions, swapInKeepsBit: false })).not.toBe(tabulate(entryMachine, decisions));
  });

  test('where a mutant changes a branch', () => {
    const changed = changeBranches(new Map([['do_swap_page/own', (branch) => ({ ...branch, because: 'A mutant.' })]]));
    expect(tabulate(changed.entry, decisions)).not.toBe(tabulate(entryMachine, decisions));
    expect(hide(changed.entry, 'young')).not.toBe(hide(entryMachine, 'young'));
  });
});

test('the entry of one kind of memory has only the functions that can meet it', () => {
  const functions = entryMachine.functions.map((of) =>
    of.name === 'do_swap_page' ? { ...of, only: ['anon'] as const } : of,
  );
  const machine = { ...entryMachine, functions };
  const names = (backing: 'anon' | 'shmem'): readonly string[] =>
    entryOf(machine, backing).functions.map(({ name }) => name);
  expect(names('anon')).toContain('do_swap_page');
  expect(names('shmem')).not.toContain('do_swap_page');
  expect(names('shmem')).toContain('set_pte_range');
  expect(names('anon')).not.toContain('set_pte_range');
  expect(entryOf(machine, 'anon')).toBe(entryOf(machine, 'anon'));
});
