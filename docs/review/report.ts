import { Type, type Static } from 'typebox';
import { Errors } from 'typebox/value';
import { unusable } from '../unusable.ts';

const verdict = Type.Union([
  Type.Literal('holds'),
  Type.Literal('violated'),
  Type.Literal('vacuous'),
  Type.Literal('incomplete'),
]);

const step = Type.Object({
  actor: Type.String(),
  function: Type.Optional(Type.String()),
  says: Type.String(),
  chosen: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
  outcome: Type.Union([Type.Literal('plain'), Type.Literal('taken'), Type.Literal('busy')]),
  changes: Type.Array(
    Type.Object({ name: Type.String(), role: Type.String(), from: Type.String(), to: Type.String() }),
  ),
});

const trace = Type.Object({
  claim: Type.String(),
  shortest: Type.String(),
  replay: Type.String(),
  explained: Type.Array(step),
});

const result = Type.Object({
  variant: Type.String(),
  property: Type.String(),
  verdict,
  steps: Type.Union([Type.Integer(), Type.Null()]),
  trace: Type.Union([trace, Type.Null()]),
  missing: Type.Optional(Type.Array(Type.String())),
  neverFired: Type.Optional(Type.Array(Type.String())),
  stoppedBy: Type.Optional(Type.String()),
  reached: Type.Optional(Type.Object({ states: Type.Integer(), depth: Type.Integer(), frontier: Type.Integer() })),
  method: Type.Optional(Type.String()),
  bounds: Type.Optional(Type.Record(Type.String(), Type.Union([Type.Integer(), Type.String()]))),
});

const option = Type.Object({
  variant: Type.String(),
  kind: Type.String(),
  notApplicable: Type.Array(Type.String()),
  modelHash: Type.String(),
  states: Type.Integer(),
  transitions: Type.Integer(),
  seconds: Type.Number(),
  unchanged: Type.Optional(Type.Literal(true)),
  sameAs: Type.Optional(Type.String()),
});

const cell = Type.Object({
  schemaVersion: Type.Literal(1),
  scenario: Type.String(),
  design: Type.String(),
  mutant: Type.Union([Type.String(), Type.Null()]),
  skipped: Type.Optional(Type.String()),
  options: Type.Array(option),
  bounds: Type.Union([
    Type.Object({ pages: Type.Integer(), cpus: Type.Integer(), full: Type.Optional(Type.Literal(true)) }),
    Type.Null(),
  ]),
  modelHash: Type.String(),
  states: Type.Integer(),
  transitions: Type.Integer(),
  seconds: Type.Number(),
  results: Type.Array(result),
});

const report = Type.Array(cell);

/** The four verdicts, the worst first. */
export const verdicts = ['violated', 'incomplete', 'vacuous', 'holds'] as const;
/** One of the four verdicts. */
export type VerdictWord = (typeof verdicts)[number];
/** One step of a counterexample in words, as `review --json` has it. */
export type Step = Static<typeof step>;
/** What a step changed, as `review --json` has it. */
export type StepChange = Step['changes'][number];
/** A counterexample, as `review --json` has it. */
export type Trace = Static<typeof trace>;
/** The answer for one property of one variant, as `review --json` has it. */
export type Answer = Static<typeof result>;
/** One world of a scenario, as `review --json` has it. */
export type Option = Static<typeof option>;
/** One scenario for one design, as `review --json` has it. */
export type Cell = Static<typeof cell>;

/**
 * Reads a report of `faultline review`.
 *
 * @throws UsageError with the first thing that is wrong with it
 */
export function readReport(json: unknown, from: string): readonly Cell[] {
  const [first] = Errors(report, json);
  if (first)
    return unusable(`${from} is not a report of 'faultline review --json': ${first.instancePath} ${first.message}`);
  const cells = json as readonly Cell[];
  for (const { scenario, design, results } of cells) {
    const bare = results.find(({ verdict: word, trace: run }) => word === 'violated' && run === null);
    if (bare) return unusable(`${from} is not whole: ${bare.property} in ${scenario} × ${design} has no trace`);
  }
  return cells;
}
