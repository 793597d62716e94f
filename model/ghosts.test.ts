import { describe, expect, test } from 'vitest';
import { createSystem } from '../checker/index.ts';
import {
  and,
  bool,
  eachSlot,
  groundProtocol,
  not,
  type GroundExpression,
  type GroundProtocol,
  type Term,
} from '../checker/language/index.ts';
import { evaluate } from '../checker/oracle/interpreter.ts';
import { accessStarts, entryMachine, entryOf, hide, tabulate, type Decisions } from '../spec/index.ts';
import { protocolOf, small, worldOf, worlds } from './testing/worlds.ts';
import { buildWorld } from './world.ts';

/** Every reachable state of a protocol as seen without its ghosts, each once. */
function implementationStates(ground: GroundProtocol, keep: readonly string[]): ReadonlySet<string> {
  const system = createSystem(ground, { keep });
  const plain = system.ground.slots.flatMap((slot, i) => (slot.variable.role === 'ghost' ? [] : [i]));
  const seen = new Set([system.key(system.initial)]);
  const queue = [system.initial];
  const found = new Set<string>();
  for (const state of queue) {
    const codes = system.codes(state);
    found.add(plain.map((slot) => codes[slot]).join());
    for (const { next } of system.successors(state)) {
      const key = system.key(next);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(next);
    }
  }
  return found;
}

describe('without its ghosts a world has the same states', () => {
  test.for([
    worldOf('set-mode-vs-fault', 'rwp', 'linux-7.3'),
    worldOf('discard-vs-fault', 'rwp sync', 'linux-7.3'),
    worldOf('unregister-vs-fault', 'rwp sync, unregister', 'linux-7.3'),
    worldOf('mprotect-vs-rwp', 'rwp sync, mprotect gives access back', 'rfc-v2'),
  ])('$name', (world) => {
    const ground = groundProtocol(protocolOf(world));
    const alone = implementationStates(ground, []);
    const watched = implementationStates(ground, world.variant.properties);
    expect(alone.size).toBeGreaterThan(1000);
    expect(watched).toEqual(alone);
  });

  test('and one in which a guard asks a ghost has not', () => {
    const world = worldOf('unregister-vs-fault', 'rwp sync, close', 'linux-7.3');
    const ground = groundProtocol(protocolOf(world));
    const ghost = ground.slots.findIndex(({ name }) => name.startsWith('LM.attempting'));
    const steered: GroundProtocol = {
      ...ground,
      steps: ground.steps.map((step) =>
        step.rule === 'manager/arm-rwp'
          ? { ...step, guard: { kind: 'and', of: [step.guard, { kind: 'not', of: { kind: 'slot', slot: ghost } }] } }
          : step,
      ),
    };
    const all = implementationStates(ground, world.variant.properties);
    const fewer = implementationStates(steered, world.variant.properties);
    expect(fewer.size).toBeLessThan(all.size);
  });
});

describe('a ghost', () => {
  const world = worldOf('numa-vs-rwp', 'rwp sync', 'linux-7.3');
  const build = (
    of: (page: Term<number>, kernel: ReturnType<typeof buildWorld>['kernel']) => Term<boolean>,
  ): (() => GroundProtocol) => {
    const { kernel } = buildWorld({ ...world.variant.options, name: world.name, design: world.design }, []);
    kernel.protocol.property('spy', (m) => {
      const spy = m.ghost('spy', bool, false)();
      m.on(accessStarts, ({ page }) => [spy.becomes(of(page, kernel))]);
    });
    return () => groundProtocol(kernel.protocol.build());
  };

  test('may follow what an event tells', () => {
    expect(build((page) => page.is(0))).not.toThrow();
  });

  test('may not read the entry, a lock word or the mode of the context', () => {
    expect(build((page, k) => k.entryIs(page, { uffd: 'uffd' }))).toThrow(/spy/u);
    expect(build((page, k) => k.cleared(page))).toThrow(/spy/u);
    expect(build((_, k) => and(k.async, not(k.released)))).toThrow(/spy/u);
  });
});

/** An expression that an event tells, and the protocol that it is of. */
interface Told {
  readonly ground: GroundProtocol;
  readonly of: GroundExpression;
}

/** Everything that the events of a world tell, by event and part of its payload; `when` is whether it happens. */
function toldBy(ground: GroundProtocol): readonly (readonly [string, Told])[] {
  return ground.steps.flatMap((step) =>
    step.events.flatMap(({ name, when, payload }) => [
      [`${name}: when`, { ground, of: when }] as const,
      ...Object.entries(payload).map(([key, { value }]) => [`${name}: ${key}`, { ground, of: value }] as const),
    ]),
  );
}

/** The variables that an expression reads. */
function readBy({ ground, of }: Told): readonly string[] {
  const names: string[] = [];
  eachSlot(of, (slot) => names.push(ground.slots[slot]?.variable.name ?? ''));
  return names;
}

/** True when an expression that reads one entry gives the same for all entries of the same form. */
function asksFormOnly({ ground, of }: Told, decisions: Decisions): boolean {
  const entry = ground.slots.findIndex(({ name }) => name === 'pte[0]');
  const { configurations } = tabulate(hide(entryOf(entryMachine, 'anon'), 'young'), decisions);
  const answers = new Map<string, Set<number>>();
  configurations.forEach(({ form = '' }, code) => {
    const state = ground.initial.map((initial, slot) => (slot === entry ? code : initial));
    answers.set(form, (answers.get(form) ?? new Set()).add(evaluate(of, state)));
  });
  return [...answers.values()].every((codes) => codes.size === 1);
}

describe('what an event tells', () => {
  const all = worlds(small)
    .filter(({ design }) => design.name === 'linux-7.3' || design.name === 'rfc-v2')
    .map((world) => ({ world, told: toldBy(groundProtocol(protocolOf(world))) }));

  test('is what its caller asked and was answered; the exceptions read the entry and what the VMA is registered for', () => {
    const read = new Map<string, Set<string>>();
    for (const [key, told] of all.flatMap((w) => w.told)) {
      readBy(told).forEach((name) => read.set(key, (read.get(key) ?? new Set()).add(name)));
    }
    const lines = [...read].map(([key, names]) => `${key} <- ${[...names].toSorted().join(', ')}`);
    // Exceptions: whether an access reached the page (its form only, below); what a scan has found, which is what it is
    // for; what REGISTER has accepted. No lock, no program counter, no mode of the context, no entry in a fault path.
    expect(lines.toSorted()).toMatchInlineSnapshot(`
      [
        "access completes: access <- cpu.access",
        "access completes: attached <- pte",
        "access completes: elsewhere <- pte",
        "access starts: access <- cpu.access",
        "arming returned: protection <- manager.protection",
        "arming returned: when <- manager.arm, manager.first, manager.last, manager.result, manager.wakes",
        "end of protection returned: protection <- manager.protection",
        "end of protection returned: when <- manager.arm, manager.first, manager.last, manager.result",
        "message queued: reason <- cpu.reason",
        "mode switch returned: async <- manager.async",
        "page discarded: when <- manager.wakes",
        "page scanned: touched <- pte",
        "register returned: refused <- manager.result",
        "register returned: rwp <- vma.uffd",
        "register returned: wp <- vma.uffd",
      ]
    `);
  });

  test('of the entry that an access reached is its form, never the bit, the access or the write permission', () => {
    const completions = all.flatMap(({ world, told }) =>
      told
        .filter(([key]) => key.startsWith('access completes: '))
        .map(([, t]) => asksFormOnly(t, world.design.decisions)),
    );
    expect(completions.length).toBeGreaterThan(100);
    expect(completions).not.toContain(false);
  });

  test('of a scan is more than the form, which shows that the question can be answered with no', () => {
    const scans = all.flatMap(({ world, told }) =>
      told.filter(([key]) => key === 'page scanned: touched').map(([, t]) => asksFormOnly(t, world.design.decisions)),
    );
    expect(scans).toContain(false);
  });
});
