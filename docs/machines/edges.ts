import { chart, ruleId, tabulate, type Branch, type Decisions, type MachineDescription } from '../../spec/index.ts';

/** A rule that takes a region from one state to another. */
export interface EdgeRule {
  /** `function/branch`. */
  readonly id: string;
  readonly kernelFunction: string;
  readonly because: string;
}

/** All ways of a region from one state to another. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly rules: readonly EdgeRule[];
}

/** One region of a machine under a design, as a graph. */
export interface RegionGraph {
  readonly name: string;
  readonly says: string;
  readonly states: readonly string[];
  /** States that no configuration reaches that the events can make. */
  readonly unreached: readonly string[];
  readonly edges: readonly Edge[];
}

/** The states of each region, and the rules that are taken in them, in the configurations that can be reached. */
function reached(machine: MachineDescription, decisions: Decisions): ReadonlySet<string> {
  const { configurations, rules } = tabulate(machine, decisions);
  const taken = new Set(
    configurations.flatMap((c) => Object.entries(c).map(([region, state]) => `${region}:${state}`)),
  );
  for (const of of rules.values()) {
    of.forEach((rule, i) => {
      const configuration = configurations[i % configurations.length];
      for (const [region, state] of Object.entries(configuration ?? {})) taken.add(`${region}:${state}:${rule}`);
    });
  }
  return taken;
}

interface XStateTransition {
  readonly guard?: unknown;
  readonly target?: readonly { readonly key: string }[] | undefined;
}

interface XStateNode {
  readonly key: string;
  readonly description?: string | undefined;
  readonly states: Readonly<Record<string, XStateNode>>;
  readonly transitions: ReadonlyMap<string, readonly XStateTransition[]>;
}

/**
 * The regions of a machine as graphs, read from its XState machine.
 *
 * A transition whose guard asks for another state of the same region, or for what cannot be reached, is in the machine
 * but never taken: it is left out, and so is one that stays where it is.
 */
export function regionGraphs(machine: MachineDescription, decisions: Decisions): readonly RegionGraph[] {
  const taken = reached(machine, decisions);
  const branches = new Map<string, Branch>(
    machine.functions.flatMap((of) => of.branches.map((branch): [string, Branch] => [ruleId(of, branch), branch])),
  );
  const root = chart(machine, decisions).root as unknown as XStateNode;
  return Object.values(root.states).map((region) => {
    const edges = new Map<string, { from: string; to: string; rules: EdgeRule[] }>();
    for (const state of Object.values(region.states)) {
      for (const [kernelFunction, transitions] of state.transitions) {
        for (const { guard, target } of transitions) {
          const [id, to] = [String(guard), target?.[0]?.key];
          if (to === undefined || to === state.key || !taken.has(`${region.key}:${state.key}:${id}`)) continue;
          const edge = edges.get(`${state.key}:${to}`) ?? { from: state.key, to, rules: [] };
          edge.rules.push({ id, kernelFunction, because: branches.get(id)?.because ?? '' });
          edges.set(`${state.key}:${to}`, edge);
        }
      }
    }
    const [name, says] = [region.key, region.description ?? ''];
    const states = Object.keys(region.states);
    const unreached = states.filter((state) => !taken.has(`${name}:${state}`));
    return { name, says, states, unreached, edges: [...edges.values()] };
  });
}
