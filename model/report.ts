import type { Violated } from '../checker/index.ts';
import { worthTelling } from './always.ts';
import type { CellResult, Result, VariantResult } from './verify.ts';

/** The four verdicts and what stands for them in a table. */
const marks = { holds: '✓', violated: '✗', vacuous: '∅', incomplete: '…' } as const;

/** One property in a word: `✓`, `✗28` with the length of the trace. */
export function markOf(result: Result): string {
  return marks[result.verdict] + (result.verdict === 'violated' ? String(result.steps) : '');
}

/** One line for a world of a scenario. */
export function variantLine(of: VariantResult): string {
  const judged = of.results.filter(worthTelling);
  const properties = judged.map((r) => `${r.property} ${markOf(r)}`).join('  ');
  const refused = of.notApplicable.length > 0 ? `  not applicable: refused (${of.notApplicable.join(', ')})` : '';
  const { states, seconds } = of.search;
  const rate = seconds > 0 ? `${(states / seconds / 1e6).toFixed(2)} M/s` : '';
  return `  ${of.variant.padEnd(38)} ${String(states).padStart(9)} states ${rate.padStart(9)}   ${properties}${refused}${of.sameAs ? `  (the same protocol as for ${of.sameAs})` : ''}${of.unchanged ? '  (the mutant changes nothing reachable here)' : ''}`;
}

/** Everything that came of one scenario and design. */
export function cellText(cell: CellResult): string {
  const head = `${cell.scenario} × ${cell.design}${cell.mutant === undefined ? '' : ` with ${cell.mutant}`}`;
  if (cell.skipped !== undefined) return `${head}: not run: ${cell.skipped}`;
  return [head, ...cell.variants.map(variantLine)].join('\n');
}

/** What is behind each verdict of a cell: traces, missing witnesses, how far an unfinished search got. */
export function cellDetails(cell: CellResult): readonly string[] {
  return cell.variants.flatMap((variant) =>
    variant.results.flatMap((r): string[] => {
      const where = `${cell.scenario} (${variant.variant}) × ${cell.design}: ${r.property}`;
      if (r.verdict === 'violated') return [r.text ?? `${where}: ${r.claim}`];
      if (r.verdict === 'vacuous') {
        const missing = [...r.missing.map((w) => `never: ${w}`), ...r.neverFired.map((rule) => `never fired: ${rule}`)];
        return [`vacuous: ${where}: ${missing.join('; ')}`];
      }
      if (r.verdict === 'incomplete') {
        return [
          `incomplete: ${where}: stopped by ${r.stoppedBy} at ${r.reached.states} states, depth ${r.reached.depth}, ${r.reached.frontier} waiting`,
        ];
      }
      return [];
    }),
  );
}

/** A counterexample: to be replayed, to be shown step by step, and as it is printed. */
function traceJson({ claim, shortest, trace, replay, explained, text }: Result & Violated): object {
  return { claim, shortest, token: trace.token, replay, steps: trace.steps, explained, text };
}

/** The object of `check --json`, one element of `review --json`. */
export function cellJson(cell: CellResult): object {
  const sum = (of: (v: VariantResult) => number): number => cell.variants.reduce((total, v) => total + of(v), 0);
  return {
    schemaVersion: 1,
    scenario: cell.scenario,
    design: cell.design,
    mutant: cell.mutant ?? null,
    ...(cell.skipped !== undefined && { skipped: cell.skipped }),
    bounds: cell.variants[0]?.size ?? null,
    options: cell.variants.map((v) => ({
      variant: v.variant,
      kind: v.kind,
      notApplicable: v.notApplicable,
      modelHash: v.modelHash,
      states: v.search.states,
      transitions: v.search.transitions,
      seconds: v.search.seconds,
      ...(v.unchanged && { unchanged: true }),
      ...(v.sameAs && { sameAs: v.sameAs }),
    })),
    modelHash: cell.variants.map((v) => v.modelHash).join('-'),
    states: sum((v) => v.search.states),
    transitions: sum((v) => v.search.transitions),
    seconds: sum((v) => v.search.seconds),
    results: cell.variants.flatMap((v) =>
      v.results.map((r) => ({
        variant: v.variant,
        property: r.property,
        verdict: r.verdict,
        steps: r.verdict === 'violated' ? r.steps : null,
        trace: r.verdict === 'violated' ? traceJson(r) : null,
        ...(r.verdict === 'vacuous' && { missing: r.missing, neverFired: r.neverFired }),
        ...(r.verdict === 'incomplete' && { stoppedBy: r.stoppedBy, reached: r.reached }),
        ...(r.verdict === 'holds' && { method: r.method, bounds: r.bounds }),
      })),
    ),
  };
}

/** The states that were searched for some cells; what was the same for two designs counts once. */
export function statesSearched(cells: readonly CellResult[]): number {
  const variants = cells.flatMap((cell) => cell.variants).filter((v) => v.sameAs === undefined);
  return variants.reduce((sum, v) => sum + v.search.states, 0);
}

/**
 * Holds cells to the excuses: a rule that fired although a scenario is said to give it no occasion is a mistake of the
 * model, and would make coverage ask for too little.
 *
 * @throws Error with the worlds and the rules
 */
export function assertExcused(cells: readonly CellResult[]): void {
  const wrong = cells.flatMap(({ scenario, design, variants }) =>
    variants.flatMap(({ variant, search: { unexpected } }) =>
      unexpected.length > 0 ? [`${scenario} (${variant}) × ${design}: ${unexpected.join(', ')}`] : [],
    ),
  );
  if (wrong.length > 0) throw new Error(`rules fired that excuses.ts says have no occasion:\n${wrong.join('\n')}`);
}
