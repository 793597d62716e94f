import { witnessBase, type CompiledSearch } from './compile/search-program.ts';
import { groundProtocol, type GroundProtocol, type Protocol } from './language/index.ts';
import { prepare, type Preparation } from './prepare/prepare.ts';
import type { Limits, Progress } from './search/limits.ts';
import { Search } from './search/search.ts';
import { traceOf } from './trace/token.ts';
import type { Bounds, CheckResult, Verdict } from './verdict.ts';

/** What to check, how far, and whom to tell. */
export interface CheckOptions extends Limits, Preparation {
  /** Shown in `holds`; the sizes of the processes' index sets when left out. */
  readonly bounds?: Bounds;
  /** Called about every `progressSeconds`, and once at the end. */
  readonly progress?: (progress: Progress) => void;
  /** A second when left out. */
  readonly progressSeconds?: number;
}

/** The sizes of the index sets that processes run over. */
function boundsOf(ground: GroundProtocol): Bounds {
  const bounds: Record<string, number> = {};
  for (const { process } of ground.actors) bounds[process] = (bounds[process] ?? 0) + 1;
  return bounds;
}

/** The rules of a protocol with how often each fired. */
function firedRules(ground: GroundProtocol, fired: Float64Array): Record<string, number> {
  const rules: Record<string, number> = Object.fromEntries(ground.rules.map((rule) => [rule, 0]));
  ground.steps.forEach(({ rule }, i) => (rules[rule] = (rules[rule] ?? 0) + (fired[i] as number)));
  return rules;
}

/** The rules of the table entries that were stored. */
function firedTableRules(search: Search): string[] {
  const { tables, flags } = search.compiled;
  const used = tables.flatMap((table, t) => table.rules?.filter((_, entry) => flags.marks[t]?.[entry] === 1) ?? []);
  return [...new Set(used.filter((rule) => rule !== undefined))].toSorted();
}

/** The entries that were stored; of tables that share a name it is not known which, so all count as stored. */
function storedEntries({ compiled: { tables, flags } }: Search): Record<string, readonly number[]> {
  const stored: Record<string, readonly number[]> = {};
  tables.forEach(({ name, rules }, t) => {
    if (rules === undefined) return;
    const marks = [...(flags.marks[t] as Uint8Array)];
    const isAmbiguous = name in stored;
    stored[name] = marks.flatMap((mark, entry) => (mark === 1 || isAmbiguous ? [entry] : []));
  });
  return stored;
}

const keyOf = (w: { property: string; says: string }): string => JSON.stringify([w.property, w.says]);

/** The witnesses of each property that were not reached. */
function missingWitnesses(ground: GroundProtocol, awaited: Uint8Array): ReadonlyMap<string, readonly string[]> {
  const bases = witnessBase(ground);
  const all = [
    ...ground.stateWitnesses.map((w, i) => ({ w, at: i })),
    ...ground.steps.flatMap((step, s) => step.witnesses.map((w, i) => ({ w, at: (bases[s] as number) + i }))),
  ];
  const reached = new Set(all.filter(({ at }) => awaited[at] === 0).map(({ w }) => keyOf(w)));
  return new Map(
    ground.properties.map((property) => {
      const missing = ground.witnesses.filter((w) => w.property === property && !reached.has(keyOf(w)));
      return [property, missing.map((w) => w.says)];
    }),
  );
}

function judge(source: GroundProtocol, prepared: GroundProtocol, search: Search, options: CheckOptions): CheckResult {
  const { states, transitions, depth, seconds, memory, frontier } = search.progress();
  const { stoppedBy } = search;
  const rules = firedRules(source, search.fired);
  const neverFired = source.rules.filter((rule) => rules[rule] === 0);
  const isExpected = (rule: string): boolean => source.rules.includes(rule) || source.off.has(rule);
  const missing = missingWitnesses(prepared, search.compiled.flags.awaited);
  const violations = search.violations();
  const results = prepared.properties.map((property): Verdict => {
    const violation = violations.get(property);
    if (violation) {
      const { claim, steps, isShortest } = violation;
      const shortest = isShortest ? 'proved' : 'not-proved';
      const trace = traceOf(source, steps);
      return { verdict: 'violated', property, claim: claim.says, trace, steps: steps.length, shortest };
    }
    if (stoppedBy !== undefined) {
      return { verdict: 'incomplete', property, stoppedBy, reached: { states, transitions, depth, frontier, seconds } };
    }
    const unreached = missing.get(property) ?? [];
    if (unreached.length > 0 || neverFired.length > 0) {
      return { verdict: 'vacuous', property, missing: unreached, neverFired, states, depth };
    }
    return { verdict: 'holds', property, bounds: options.bounds ?? boundsOf(source), method: 'full', states, depth };
  });
  const { layout } = search.compiled;
  return {
    scenario: source.name,
    states,
    transitions,
    depth,
    seconds,
    bytesPerState: memory / states,
    bits: layout.places.reduce((sum, place) => sum + place.bits, 0),
    words: layout.words,
    complete: stoppedBy === undefined,
    ...(stoppedBy && { stoppedBy }),
    results,
    rules,
    neverFired,
    unexpected: Object.keys(rules).filter((rule) => rules[rule] !== 0 && !isExpected(rule)),
    tableRules: firedTableRules(search),
    seen: { taken: [...search.fired], stored: storedEntries(search) },
  };
}

/** How a prepared protocol becomes a search. */
export type Compile = (ground: GroundProtocol) => CompiledSearch;

/** Runs a search slice by slice; `between` is called after each slice and once at the end. */
class Run {
  readonly #source: GroundProtocol;
  readonly #prepared: GroundProtocol;
  readonly #search: Search;
  readonly #options: CheckOptions;
  #reported = 0;

  constructor(protocol: Protocol | GroundProtocol, options: CheckOptions, compile?: Compile) {
    this.#source = 'slots' in protocol ? protocol : groundProtocol(protocol);
    this.#prepared = prepare(this.#source, options).ground;
    this.#options = options;
    this.#search = new Search(this.#prepared, options, compile);
  }

  /** True when the search has ended. */
  advance(seconds: number): boolean {
    const isEnd = this.#search.advance(seconds);
    const { progress, progressSeconds = 1 } = this.#options;
    if (progress && (isEnd || this.#search.seconds - this.#reported >= progressSeconds)) {
      this.#reported = this.#search.seconds;
      progress(this.#search.progress());
    }
    return isEnd;
  }

  result(): CheckResult {
    return judge(this.#source, this.#prepared, this.#search, this.#options);
  }
}

/**
 * Explores every reachable state of a protocol and judges its properties.
 *
 * @throws ProtocolFault when the protocol is wrong: a lock released that is not held, a sum out of range.
 */
export function check(protocol: Protocol | GroundProtocol, options: CheckOptions = {}): CheckResult {
  return checkWith(protocol, options);
}

/**
 * As {@link check}, with another compiler: how the tests show that a wrong one is caught.
 *
 * @internal
 */
export function checkWith(protocol: Protocol | GroundProtocol, options: CheckOptions, compile?: Compile): CheckResult {
  const run = new Run(protocol, options, compile);
  while (!run.advance(0.1));
  return run.result();
}

/** As {@link check}, but lets other work go on between slices of the search, so that a signal can arrive. */
export async function checkAsync(
  protocol: Protocol | GroundProtocol,
  options: CheckOptions = {},
): Promise<CheckResult> {
  const run = new Run(protocol, options);
  while (!run.advance(0.05)) {
    // Slices must follow each other: the search is one computation.
    // oxlint-disable-next-line no-await-in-loop -- each slice goes on where the last one stopped
    await new Promise((resolve) => setImmediate(resolve));
  }
  return run.result();
}
