import { check, type CheckOptions, type CheckResult, type Verdict } from '../../checker/index.ts';
import { groundProtocol, type Protocol } from '../../checker/language/index.ts';
import { designs, withDecisions, type Decisions, type Design, type DesignName } from '../../spec/index.ts';
import { scenarios, type Scenario, type ScenarioName, type Size, type Variant } from '../scenarios/index.ts';
import { buildWorld } from '../world.ts';

/** The size that most tests use: one page, one processor that reads and writes. */
export const small: Size = { pages: 1, cpus: 1 };

/** One world of the house: a scenario's variant for a design. */
export interface NamedWorld {
  /** `scenario (variant) × design`. */
  readonly name: string;
  readonly scenario: Scenario;
  readonly design: Design;
  readonly variant: Variant;
}

/** Every world of every scenario, for every design that takes part. */
export function worlds(size: Size): readonly NamedWorld[] {
  return Object.values(scenarios).flatMap((scenario) =>
    Object.values(designs).flatMap((design) => {
      const variants = scenario.variants(design, size);
      if (typeof variants === 'string') return [];
      return variants.map((variant) => ({
        name: `${scenario.name} (${variant.name}) × ${design.name}`,
        scenario,
        design,
        variant,
      }));
    }),
  );
}

/** The world of that name. */
export function worldOf(scenario: ScenarioName, variant: string, design: DesignName, size = small): NamedWorld {
  const name = `${scenario} (${variant}) × ${design}`;
  const found = worlds(size).find((world) => world.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

/** The protocol of a world, as verify() builds it. */
export function protocolOf({ name, design, variant }: NamedWorld): Protocol {
  const taken = variant.decisions ? withDecisions(design, variant.decisions) : design;
  const options = { ...variant.options, name, design: taken };
  return buildWorld(options, variant.properties, variant.refused !== undefined).protocol;
}

/** Searches a world for its own properties. */
export function searched(world: NamedWorld, options: CheckOptions = {}): CheckResult {
  return check(groundProtocol(protocolOf(world)), options);
}

/** The verdict on one property. */
export function verdictOn(result: CheckResult, property: string): Verdict['verdict'] | undefined {
  return result.results.find((r) => r.property === property)?.verdict;
}

/** The design, with a note of every decision that somebody looks at. */
export function watched(design: Design, read: Set<string>): Design {
  const decisions = new Proxy<Decisions>(design.decisions, {
    get: (of, name) => {
      read.add(String(name));
      return of[name as keyof Decisions];
    },
  });
  return { ...design, decisions };
}

/** The protocols of worlds without any property; worlds that differ only in decisions that nobody asks are one. */
export function distinctWorlds(all: readonly NamedWorld[]): readonly { names: string[]; protocol: Protocol }[] {
  const found = new Map<string, { names: string[]; protocol: Protocol }>();
  for (const { name, design, variant } of all) {
    const read = new Set<string>();
    const taken = variant.decisions ? withDecisions(design, variant.decisions) : design;
    const options = { ...variant.options, name, design: watched(taken, read) };
    const { protocol } = buildWorld(options, [], variant.refused !== undefined);
    const asked = Object.entries(taken.decisions).filter(([decision]) => read.has(decision));
    const plain = { ...variant.options, calls: [...options.calls], environment: [...options.environment] };
    const key = JSON.stringify([plain, asked, variant.refused]);
    const same = found.get(key) ?? { names: [], protocol };
    same.names.push(name);
    found.set(key, same);
  }
  return [...found.values()];
}
