import type { CellResult } from '../../model/index.ts';
import { contract, type ContractLine } from '../../spec/index.ts';
import { stories } from '../findings/stories/index.ts';
import type { JudgedClaim } from './judge.ts';

/** What a search answered about one property in one world. */
export interface RaceAnswer {
  readonly scenario: string;
  readonly variant: string;
  readonly property: string;
  readonly verdict: 'holds' | 'violated' | 'vacuous' | 'incomplete';
  /** The length of the counterexample. */
  readonly steps?: number;
  /** What is violated, in a sentence. */
  readonly claim?: string;
  /** The command that replays the counterexample. */
  readonly replay?: string;
}

/** What came of a line: one of the four verdicts, or nothing that could be judged. */
export type LineVerdict = RaceAnswer['verdict'] | 'not judged';

/** A line of the contract, and all that was found out about it. */
export interface JudgedLine {
  readonly line: ContractLine;
  readonly verdict: LineVerdict;
  readonly claims: readonly JudgedClaim[];
  readonly races: readonly RaceAnswer[];
  /** Claims that no session of the design can judge. */
  readonly without: readonly string[];
  /** Findings: what real kernels do against the line. */
  readonly findings: readonly string[];
}

/** What the cells of a design answer; a refusal answers for the properties that it leaves nothing to say about. */
export function raceAnswers(cells: readonly CellResult[]): readonly RaceAnswer[] {
  return cells.flatMap(({ scenario, variants }) =>
    variants.flatMap(({ variant, notApplicable, results }) =>
      results.flatMap((result): readonly RaceAnswer[] => {
        const names = result.property === 'refusal' ? notApplicable : [result.property];
        const { verdict } = result;
        const more = verdict === 'violated' && {
          steps: result.steps,
          claim: result.claim,
          ...(result.replay !== undefined && { replay: result.replay }),
        };
        return names.map((property) => ({ scenario, variant, property, verdict, ...more }));
      }),
    ),
  );
}

/** The properties and scenarios that the lines ask for, to be searched. */
export function racesAsked(): ReadonlyMap<string, readonly string[]> {
  const asked = new Map<string, Set<string>>();
  for (const { judging } of contract) {
    if (judging.kind === 'not-yet') continue;
    for (const { property, scenarios } of judging.properties) {
      for (const name of scenarios) asked.set(name, (asked.get(name) ?? new Set()).add(property));
    }
  }
  return new Map([...asked].map(([name, properties]) => [name, [...properties]]));
}

/** Together: the worst of all that says something; a claim that holds in one kind of session need not arise in others. */
function verdictOf(claims: readonly JudgedClaim[], races: readonly RaceAnswer[]): LineVerdict {
  const words = [...claims, ...races].map(({ verdict }) => verdict);
  if (words.includes('violated')) return 'violated';
  if (words.includes('incomplete')) return 'incomplete';
  const ids = [...new Set(claims.map(({ claim }) => claim))];
  const arises = (id: string): boolean => claims.some(({ claim, verdict }) => claim === id && verdict === 'holds');
  if (words.length === 0) return 'not judged';
  return ids.every(arises) && races.every(({ verdict }) => verdict === 'holds') ? 'holds' : 'vacuous';
}

/** Puts together what claims and searches say about each line. */
export function judgeContract(claims: readonly JudgedClaim[], races: readonly RaceAnswer[]): readonly JudgedLine[] {
  return contract.map((line) => {
    const findings = stories.filter((story) => story.line === line.number && story.of === 'kernel').map(({ id }) => id);
    const { judging } = line;
    if (judging.kind === 'not-yet') {
      return { line, verdict: 'not judged', claims: [], races: [], without: [], findings };
    }
    const mine = claims.filter(({ claim }) => judging.claims.includes(claim));
    const answers = races.filter(({ property, scenario }) =>
      judging.properties.some((by) => by.property === property && by.scenarios.includes(scenario)),
    );
    const without = judging.claims.filter((id) => !mine.some(({ claim }) => claim === id));
    return { line, verdict: verdictOf(mine, answers), claims: mine, races: answers, without, findings };
  });
}

/** How many lines have each verdict. */
export function countVerdicts(lines: readonly JudgedLine[]): Readonly<Record<LineVerdict, number>> {
  const counts = { violated: 0, incomplete: 0, vacuous: 0, holds: 0, 'not judged': 0 };
  for (const { verdict } of lines) counts[verdict]++;
  return counts;
}
