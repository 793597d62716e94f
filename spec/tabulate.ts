import { oneOf, type Domain, type Table } from '../checker/language/index.ts';
import type { Decisions } from './decisions/index.ts';
import { isOn, ruleId, type Branch, type Condition, type KernelFunction } from './machine/kernel-function.ts';
import { initialConfiguration, payloads, type Configuration, type MachineDescription } from './machine/machine.ts';

/** What an event does in a configuration. */
export interface Outcome {
  /** The rule that was taken. */
  readonly rule: string;
  /** The configuration after it, or undefined where the description says "impossible". */
  readonly next: Configuration | undefined;
}

function holds(when: Condition | undefined, facts: Configuration): boolean {
  return Object.entries(when ?? {}).every(([name, wanted]) => {
    const value = facts[name];
    if (value === undefined) throw new Error(`a branch asks for ${name}, which is neither a region nor in the payload`);
    return typeof wanted === 'string' ? wanted === value : wanted.includes(value);
  });
}

/**
 * Our evaluator of a machine: the first branch whose condition holds in the configuration *before* the event decides
 * for all regions.
 *
 * @throws Error when no branch holds: an event must say in every state what it does.
 */
export function evaluate(
  of: KernelFunction,
  decisions: Decisions,
  configuration: Configuration,
  payload: Configuration,
): Outcome {
  const facts = { ...configuration, ...payload };
  const branch: Branch | undefined = of.branches.find((b) => isOn(b, decisions) && holds(b.when, facts));
  if (branch === undefined) {
    throw new Error(
      `${of.name}() says nothing about ${JSON.stringify(configuration)} with ${JSON.stringify(payload)}: ` +
        `list it as a transition, as no effect or as impossible`,
    );
  }
  const next = branch.target === 'impossible' ? undefined : { ...configuration, ...branch.target };
  return { rule: ruleId(of, branch), next };
}

/** The name of a configuration: the regions that are not in their initial state, `form` first. */
export function nameOf(machine: MachineDescription, configuration: Configuration): string {
  const [first, ...rest] = machine.regions;
  const marks = rest
    .filter((r) => configuration[r.name] !== r.states[0])
    .map((r) => (r.states.length === 2 || r.bare ? configuration[r.name] : `${r.name}=${configuration[r.name]}`));
  return [first ? configuration[first.name] : '', ...marks].join(' ');
}

/** The table of one kernel function over a machine. */
export type MachineTable = Table & { readonly result: Domain<string> };

/** A machine under a design, as tables that the protocol language can use. */
export interface Tabulated {
  readonly machine: MachineDescription;
  /** The configurations that can be reached by any events from where a world may begin, by name. */
  readonly domain: Domain<string>;
  /** The configurations, by code. */
  readonly configurations: readonly Configuration[];
  /** One table for each kernel function: its payload first, the configuration last. */
  readonly tables: ReadonlyMap<string, MachineTable>;
  /** The rule that each entry of a table comes from. */
  readonly rules: ReadonlyMap<string, readonly string[]>;
  /** The rules that the decisions switch off. */
  readonly off: ReadonlySet<string>;
}

const withHidden = new WeakMap<MachineDescription, Map<string, MachineDescription>>();

/**
 * The machine without some regions. Sound because nobody asks for them: what they hold cannot change what the others do.
 *
 * @throws Error when a branch asks for a hidden region.
 */
export function hide(machine: MachineDescription, ...hidden: readonly string[]): MachineDescription {
  const known = withHidden.get(machine) ?? new Map<string, MachineDescription>();
  withHidden.set(machine, known);
  const rest = known.get(hidden.join()) ?? without(machine, hidden);
  known.set(hidden.join(), rest);
  return rest;
}

function without(machine: MachineDescription, hidden: readonly string[]): MachineDescription {
  const functions = machine.functions.map((of) => {
    const branches = of.branches.map((b) => {
      const asked = Object.keys(b.when ?? {}).find((name) => hidden.includes(name));
      if (asked !== undefined) throw new Error(`${ruleId(of, b)} asks for ${asked}: it cannot be hidden`);
      if (b.target === 'impossible') return b;
      return { ...b, target: Object.fromEntries(Object.entries(b.target).filter(([name]) => !hidden.includes(name))) };
    });
    return { ...of, branches };
  });
  return { ...machine, regions: machine.regions.filter((r) => !hidden.includes(r.name)), functions };
}

/** The initial configuration, and the others that a world may begin in; regions that are hidden are left out. */
function starts(machine: MachineDescription): readonly Configuration[] {
  const initial = initialConfiguration(machine);
  const others = (machine.starts ?? []).map((start) =>
    Object.fromEntries(Object.keys(initial).map((region) => [region, start[region] ?? initial[region]])),
  );
  return [initial, ...(others as Configuration[])];
}

/** Every configuration that some sequence of events reaches from where a world may begin. */
function reachable(machine: MachineDescription, decisions: Decisions): readonly Configuration[] {
  const found = new Map(starts(machine).map((start) => [nameOf(machine, start), start]));
  for (const configuration of found.values()) {
    for (const of of machine.functions) {
      for (const payload of payloads(of)) {
        const { next } = evaluate(of, decisions, configuration, payload);
        if (next && !found.has(nameOf(machine, next))) found.set(nameOf(machine, next), next);
      }
    }
  }
  return [...found.values()];
}

const tabulated = new WeakMap<MachineDescription, Map<string, Tabulated>>();

/** The decisions that some branch of a machine reads, as text: only a change of these changes its tables. */
function readBy(machine: MachineDescription, decisions: Decisions): string {
  const names = machine.functions.flatMap((of) => of.branches.flatMap((b) => Object.keys(b.given ?? {})));
  return JSON.stringify([...new Set(names)].map((name) => decisions[name as keyof Decisions]));
}

/** Makes the tables of a machine under a design's decisions, unless they are made already. */
export function tabulate(machine: MachineDescription, decisions: Decisions): Tabulated {
  const known = tabulated.get(machine) ?? new Map<string, Tabulated>();
  tabulated.set(machine, known);
  const key = readBy(machine, decisions);
  const tables = known.get(key) ?? makeTables(machine, decisions);
  known.set(key, tables);
  return tables;
}

function makeTables(machine: MachineDescription, decisions: Decisions): Tabulated {
  const configurations = reachable(machine, decisions);
  const domain = oneOf(machine.name, ...configurations.map((c) => nameOf(machine, c)));
  const codes = new Map(domain.values.map((name, code) => [name, code]));
  const tables = new Map<string, MachineTable>();
  const rules = new Map<string, readonly string[]>();
  for (const of of machine.functions) {
    const outcomes = payloads(of).flatMap((payload) =>
      configurations.map((configuration) => evaluate(of, decisions, configuration, payload)),
    );
    const args = [...Object.entries(of.payload).map(([name, values]) => oneOf(name, ...values)), domain];
    const next = outcomes.map((o) => (o.next ? (codes.get(nameOf(machine, o.next)) as number) : -1));
    const name = of.name;
    rules.set(
      name,
      outcomes.map((o) => o.rule),
    );
    tables.set(name, {
      name: `${name}()`,
      args,
      result: domain,
      codes: Int16Array.from(next),
      machine: machine.name,
      rules: outcomes.map((o) => o.rule),
    });
  }
  const off = machine.functions.flatMap((of) =>
    of.branches.filter((b) => !isOn(b, decisions)).map((b) => ruleId(of, b)),
  );
  return { machine, domain, configurations, tables, rules, off: new Set(off) };
}
