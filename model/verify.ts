import { createHash } from 'node:crypto';
import {
  check,
  explain,
  printViolation,
  replay,
  toldSteps,
  type CheckResult,
  type Limits,
  type Progress,
  type Replay,
  type ToldStep,
  type Verdict,
} from '../checker/index.ts';
import { groundProtocol, type GroundProtocol, type StepChange } from '../checker/language/index.ts';
import { designOf, withDecisions, type Design, type Machines, type PropertyId } from '../spec/index.ts';
import { alwaysJudged } from './always.ts';
import { beside, type Own, type Verdicts } from './beside.ts';
import { describeEntry } from './describe.ts';
import type { Scenario, Size, Variant } from './scenarios/index.ts';
import { buildWorld } from './world.ts';

/** What a mutant brings beside its decisions, which are in the design already. */
export interface Changes {
  /** Shown in the result. */
  readonly name: string;
  readonly machines?: Machines;
  readonly steps?: ReadonlyMap<string, StepChange>;
}

/** How far to search, and what to look at. */
export interface VerifyOptions extends Limits {
  readonly size?: Size;
  readonly properties?: readonly string[];
  readonly changes?: Changes;
  /** Search the design without the changes too, and say where they change nothing that is reachable. */
  readonly compare?: boolean;
  /** Searches of the design without changes that were made for such a comparison; more are added. */
  readonly owns?: Map<string, Own>;
  /** Searches that were done already, by the fingerprint of their protocol: what is the same is not searched again. */
  readonly known?: ReadonlyMap<string, Searched>;
  /** Called about every second with how far the search of a world has got. */
  readonly progress?: (variant: string, progress: Progress) => void;
}

/** A search that was done: of which design, and what came out. */
export interface Searched {
  readonly design: string;
  readonly asked: readonly string[];
  readonly result: CheckResult;
}

/** The answer for one property; its counterexample as text, step by step in words, and the command that replays it. */
export type Result = Verdict & {
  readonly text?: string;
  readonly explained?: readonly ToldStep[];
  readonly replay?: string;
};

/** What came out of one world. */
export interface VariantResult {
  readonly variant: string;
  readonly size: Size;
  /** `refused`: the design refuses the registration, and the refusal is what was checked. */
  readonly kind: 'checked' | 'refused';
  /** The properties that a refusal leaves nothing to say about. */
  readonly notApplicable: readonly PropertyId[];
  readonly modelHash: string;
  /** Set for a mutant that changes nothing reachable here: its verdicts are those of the design. */
  readonly unchanged?: true;
  /** For a mutant that is compared: the verdicts of the design's own world, by property. */
  readonly own?: Verdicts;
  /** The design whose protocol here is the same to the letter, and was searched in its place. */
  readonly sameAs?: string;
  readonly results: readonly Result[];
  readonly search: Omit<CheckResult, 'results'>;
}

/** What came out of a scenario for a design: one result for each world, or why there is none. */
export interface CellResult {
  readonly scenario: string;
  readonly design: string;
  readonly mutant?: string;
  readonly skipped?: string;
  readonly variants: readonly VariantResult[];
}

/** The worlds of a scenario for a design. */
export function variantsOf(
  scenario: Scenario,
  design: Design,
  size: Size = scenario.size,
): readonly Variant[] | string {
  return scenario.variants(design, size);
}

/** The protocol of one world, with every parameter bound. */
export function groundVariant(scenario: Scenario, design: Design, variant: Variant, changes?: Changes): GroundProtocol {
  const taken = variant.decisions ? withDecisions(design, variant.decisions) : design;
  const options = {
    ...variant.options,
    name: `${scenario.name} (${variant.name}) × ${design.name}`,
    design: taken,
    ...(changes?.machines && { machines: changes.machines }),
    ...(changes?.steps && { changes: changes.steps }),
  };
  return groundProtocol(buildWorld(options, variant.properties, variant.refused !== undefined).protocol);
}

/** A short fingerprint of a protocol: the same for the same steps, claims and start, whatever it is called. */
export function modelHash(ground: GroundProtocol): string {
  const plain = JSON.stringify({ ...ground, name: '', off: [...ground.off] }, (_, value: unknown) =>
    value instanceof Int16Array ? [...value] : value,
  );
  return createHash('sha256').update(plain).digest('hex').slice(0, 12);
}

/** The command that replays a trace. */
function replayCommand(
  cell: Pick<CellResult, 'scenario' | 'design' | 'mutant'>,
  size: Size,
  variant: number,
  property: string,
  token: string,
): string {
  const sized = `--pages ${size.pages} --cpus ${size.cpus}${size.full ? ' --full' : ''}`;
  const mutant = cell.mutant === undefined ? '' : ` --mutant ${cell.mutant}`;
  return `npx faultline check ${cell.scenario} --design ${cell.design}${mutant} ${sized} --property ${property} --replay ${variant}~${token}`;
}

/** One world of a scenario, ready to be searched. */
interface ReadyWorld {
  readonly variant: Variant;
  readonly ground: GroundProtocol;
  /** The properties that are judged in it. */
  readonly asked: readonly string[];
}

function readyWorld(
  scenario: Scenario,
  design: Design,
  variant: Variant,
  { properties, changes }: Pick<VerifyOptions, 'properties' | 'changes'>,
): ReadyWorld {
  const judged = properties ?? [...alwaysJudged, ...variant.properties, ...(variant.refused ? ['refusal'] : [])];
  const ground = groundVariant(scenario, design, variant, changes);
  return { variant, ground, asked: judged.filter((p) => ground.properties.includes(p)) };
}

function searchWorld({ variant, ground, asked }: ReadyWorld, size: Size, options: VerifyOptions): CheckResult {
  const { progress, maxStates, maxMemory, maxSeconds, signal } = options;
  return check(ground, {
    ...(maxStates !== undefined && { maxStates }),
    ...(maxMemory !== undefined && { maxMemory }),
    ...(maxSeconds !== undefined && { maxSeconds }),
    ...(signal && { signal }),
    properties: asked,
    bounds: {
      pages: size.pages,
      cpus: size.cpus,
      processors: variant.options.cpus.map((kinds) => kinds.join('+')).join(', '),
    },
    ...(progress && { progress: (p: Progress) => progress(variant.name, p) }),
  });
}

/** The same world of the design without a mutant's changes, with what came of it; none where the design has no such world. */
function ownWorld(scenario: Scenario, mutant: ReadyWorld, size: Size, options: VerifyOptions, design: Design): Own {
  const variants = variantsOf(scenario, design, size);
  const variant = typeof variants === 'string' ? undefined : variants.find((v) => v.name === mutant.variant.name);
  if (variant === undefined) return undefined;
  const { owns, properties } = options;
  const key = JSON.stringify([scenario.name, design.name, variant.name, size, properties]);
  const known = owns?.get(key);
  if (known) return known;
  const world = readyWorld(scenario, design, variant, properties ? { properties } : {});
  const result = searchWorld(world, size, options);
  const own = { ground: world.ground, result };
  if (result.complete) owns?.set(key, own);
  return own;
}

/** Checks every world of a scenario for a design. */
export function verify(scenario: Scenario, design: Design, options: VerifyOptions = {}): CellResult {
  const { size = scenario.size, changes, properties, compare = false, known } = options;
  const cell = { scenario: scenario.name, design: design.name, ...(changes && { mutant: changes.name }) };
  const variants = variantsOf(scenario, design, size);
  if (typeof variants === 'string') return { ...cell, skipped: variants, variants: [] };
  const results = variants.flatMap((variant, index): VariantResult[] => {
    const world = readyWorld(scenario, design, variant, options);
    const { ground, asked } = world;
    if (asked.length === 0) return [];
    const hash = modelHash(ground);
    const done = known?.get(hash);
    const again = done?.asked.toSorted().join() === asked.toSorted().join() ? done : undefined;
    const search = (): CheckResult => again?.result ?? searchWorld(world, size, options);
    const besides = compare && beside(ownWorld(scenario, world, size, options, designOf(design.name)), ground, search);
    const { results: verdicts, ...found } = besides ? besides.result : search();
    const withText = verdicts.map((v): Result => {
      if (v.verdict !== 'violated') return v;
      const explanation = explain(
        ground,
        v.trace.steps.map((s) => s.stepNumber),
      );
      const command = (token: string): string => replayCommand(cell, size, index, v.property, token);
      const text = printViolation(v, explanation, { replay: command, describe: describeEntry });
      return { ...v, text, explained: toldSteps(explanation, describeEntry), replay: command(v.trace.token) };
    });
    return [
      {
        variant: variant.name,
        size,
        kind: variant.refused ? 'refused' : 'checked',
        notApplicable: variant.refused ?? [],
        modelHash: hash,
        ...(again && { sameAs: again.design }),
        ...(besides && { own: besides.own, ...(besides.unchanged && { unchanged: true as const }) }),
        results: withText,
        search: found,
      },
    ];
  });
  if (results.length === 0)
    return { ...cell, skipped: `none of its worlds judges ${properties?.join(', ')}`, variants: [] };
  return { ...cell, variants: results };
}

/** Executes a trace of a scenario again; `token` is `variant~steps`. */
export function replayTrace(
  scenario: Scenario,
  design: Design,
  property: string,
  token: string,
  options: VerifyOptions = {},
): Replay & { readonly text?: string } {
  const [, number = '', steps = ''] = /^(\d+)~(.+)$/u.exec(token) ?? [];
  const { size = scenario.size, changes } = options;
  const variants = variantsOf(scenario, design, size);
  if (typeof variants === 'string')
    return { kind: 'unfit', why: `${scenario.name} is not for ${design.name}: ${variants}` };
  const variant = variants[Number(number)];
  if (number === '' || variant === undefined) {
    return {
      kind: 'unfit',
      why: `"${token}" is no trace of ${scenario.name}: expected 0..${variants.length - 1}, then ~, then step numbers such as 0.3.1c`,
    };
  }
  const ground = groundVariant(scenario, design, variant, changes);
  const again = replay(ground, steps, property);
  if (again.kind !== 'violated') return again;
  const cell = { scenario: scenario.name, design: design.name, ...(changes && { mutant: changes.name }) };
  const violated = { ...again, verdict: 'violated' as const, shortest: 'not-proved' as const };
  const text = printViolation(violated, again.explanation, {
    replay: (t) => replayCommand(cell, size, Number(number), property, t),
    describe: describeEntry,
  });
  return { ...again, text };
}
