import { isTold } from './review/shown.ts';
import { verdicts, type Answer, type Cell } from './review/report.ts';

/** The sign of each verdict in a table of text. */
const signs = { holds: '✓', violated: '✗', vacuous: '∅', incomplete: '…' } as const;

/** The worst verdict that a property has in the variants of a cell, with the length of the shortest trace. */
function worstOf(property: string, answers: readonly Answer[]): string {
  const mine = answers.filter((answer) => answer.property === property);
  const word = verdicts.find((verdict) => mine.some((answer) => answer.verdict === verdict)) ?? 'incomplete';
  const lengths = mine.flatMap(({ steps }) => (steps === null ? [] : [steps]));
  return `${property} ${signs[word]}${lengths.length > 0 ? Math.min(...lengths) : ''}`;
}

/** What came of one scenario for one design, in a line. */
export function abridgedCell(cell: Cell | undefined): string {
  if (cell === undefined) return 'not in this report';
  if (cell.skipped !== undefined) return 'not run';
  const told = cell.results.filter(isTold);
  const worst = [...new Set(told.map(({ property }) => property))].map((property) => worstOf(property, told));
  const refused = cell.options.some(({ notApplicable }) => notApplicable.length > 0) ? ['(refused)'] : [];
  return [...worst, ...refused].join(' ');
}

/** A report as a small table of text: scenarios down, some designs across, in each cell the worst of its variants. */
export function abridged(cells: readonly Cell[], designs: readonly string[]): string {
  const scenarios = [...new Set(cells.map(({ scenario }) => scenario))];
  const of = (scenario: string, design: string): Cell | undefined =>
    cells.find((cell) => cell.scenario === scenario && cell.design === design && cell.mutant === null);
  const rows = [
    ['', ...designs],
    ...scenarios.map((scenario) => [scenario, ...designs.map((design) => abridgedCell(of(scenario, design)))]),
  ];
  const widths = ['', ...designs].map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('   '));
  return lines.map((line) => line.trimEnd()).join('\n');
}
