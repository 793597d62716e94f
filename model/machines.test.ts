import { describe, expect, test } from 'vitest';
import { transition, type AnyMachineSnapshot } from 'xstate';
import { createSystem } from '../checker/index.ts';
import { groundProtocol } from '../checker/language/index.ts';
import {
  chart,
  designs,
  hide,
  machines,
  nameOf,
  tabulate,
  withDecisions,
  type Configuration,
  type Decisions,
  type MachineDescription,
} from '../spec/index.ts';
import { answersIn, type Answer } from './testing/answers.ts';
import { protocolOf, worldOf } from './testing/worlds.ts';

const { decisions } = designs['linux-7.3'];
const searched = [
  worldOf('reclaim-vs-fault', 'rwp sync', 'linux-7.3'),
  worldOf('migrate-vs-fault', 'wp async', 'linux-7.3'),
  worldOf('migrate-vs-fault', 'rwp sync', 'linux-7.3'),
  worldOf('mprotect-vs-rwp', 'rwp sync', 'linux-7.3'),
  worldOf('numa-vs-rwp', 'rwp async', 'linux-7.3'),
  worldOf('unregister-vs-fault', 'rwp sync, unregister', 'linux-7.3'),
  worldOf('evict-loop', 'alias, scan before sync', 'linux-7.3'),
  worldOf('evict-loop', 'move, sync before scan', 'linux-7.3'),
];

/** The answers on which XState, under these decisions, differs from what the compiled steps stored. */
function differences(answers: readonly Answer[], under: Decisions): string[] {
  return Object.values(machines).flatMap((machine: MachineDescription) => {
    const xstate = chart(machine, under);
    const shown = machine.name === 'entry' ? hide(machine, 'young') : machine;
    const { configurations, domain } = tabulate(shown, decisions);
    const byName = new Map(domain.values.map((name, code) => [name, configurations[code] as Configuration]));
    // The search leaves `young` out: XState must say the same with either value of it.
    const hidden: readonly Configuration[] = shown === machine ? [{}] : [{ young: 'no' }, { young: 'young' }];
    return answers
      .filter((answer) => answer.machine === machine.name)
      .flatMap(({ event, before, payload, after }) =>
        hidden.flatMap((extra) => {
          const value = { ...byName.get(before), ...extra };
          const snapshot = xstate.resolveState({ value, context: {} }) as AnyMachineSnapshot;
          const [next] = transition(xstate, snapshot, { type: event, ...payload });
          const said = nameOf(shown, next.value as Configuration);
          return said === after
            ? []
            : [`${event}(${Object.values(payload).join(', ')}) of ${before}: ${said}, not ${after}`];
        }),
      );
  });
}

describe('what the compiled steps store in a search', () => {
  const walks = searched.map((world) => ({
    name: world.name,
    ...answersIn(createSystem(groundProtocol(protocolOf(world)), { resets: true })),
  }));
  const all = walks.flatMap(({ answers }) => answers);

  test.for(walks)('is what XState says, for every state and event of $name', ({ answers, states }) => {
    expect(states).toBeGreaterThan(1000);
    expect(answers.length).toBeGreaterThan(5);
    expect(differences(answers, decisions)).toEqual([]);
  });

  test('asks all three machines, and most of the kernel functions', () => {
    expect([...new Set(all.map(({ machine }) => machine))].toSorted()).toEqual(['entry', 'registration', 'waiter']);
    const all73 = Object.values(machines).flatMap((machine: MachineDescription) => machine.functions);
    const asked = new Set(all.map(({ event }) => event));
    expect(all73.map(({ name }) => name).filter((name) => !asked.has(name))).toMatchInlineSnapshot(`
      [
        "do_anonymous_page",
        "set_pte_range",
        "pte_marker_clear",
        "wp_page_copy",
        "make_uffd_wp_huge_pte",
        "unmap_hugepage_range",
        "hugetlb_fault",
        "hugetlb_no_page",
        "hugetlb_wp",
        "unuse_pte",
        "mfill_atomic_pte_zeropage",
        "mfill_atomic_pte_poison",
        "guard_install_set_pte",
        "guard_remove_pte_entry",
        "move_ptes",
        "copy_page_range",
        "move_present_ptes",
        "move_zeropage_pte",
        "unmap_vmas",
        "userfaultfd_release",
        "mremap_userfaultfd_prep",
        "mmap_region",
      ]
    `);
  });

  test('is not what XState says of another design, which is found out', () => {
    const other = withDecisions(designs['linux-7.3'], { swapInRestoresNoAccess: false }).decisions;
    expect(differences(all, other)).toMatchInlineSnapshot(`
      [
        "do_swap_page(rwp, read, rw, no) of swap anon uffd swap=own: present anon uffd exclusive, not present anon uffd no-access exclusive",
        "do_swap_page(rwp, read, rw, no) of swap anon uffd swap=own: present anon uffd exclusive, not present anon uffd no-access exclusive",
        "do_swap_page(rwp, write, rw, no) of swap anon uffd swap=own: present anon uffd exclusive, not present anon uffd no-access exclusive",
        "do_swap_page(rwp, write, rw, no) of swap anon uffd swap=own: present anon uffd exclusive, not present anon uffd no-access exclusive",
      ]
    `);
  });

  test('would differ if a compiled step stored anything else', () => {
    const [first] = all.filter(({ event, after }) => event === 'mrwprotect_range' && after.includes('uffd'));
    expect(differences([{ ...(first as Answer), after: 'none' }], decisions)).toHaveLength(2);
  });
});
