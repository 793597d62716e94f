import { verdicts, type Cell } from './review/report.ts';
import { worthTelling } from '../model/index.ts';

/** The sign of each verdict in a table of text. */
const signs = { holds: '✓', violated: '✗', vacuous: '∅', incomplete: '…' } as const;

/** What of one variant does not hold, the worst first, with the length of each trace; `holds`, `refused` or `-` else. */
export function abridgedVariant(cell: Cell | undefined, variant: string, leftOut: readonly string[] = []): string {
  const option = cell?.options.find((o) => o.variant === variant);
  if (cell === undefined || option === undefined) return '-';
  const answers = cell.results.filter(
    (answer) => answer.variant === variant && worthTelling(answer) && !leftOut.includes(answer.property),
  );
  const others = answers.filter(({ verdict }) => verdict !== 'holds');
  if (others.length === 0) return option.notApplicable.length > 0 ? 'refused' : 'holds';
  const sorted = others.toSorted((a, b) => verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict));
  return sorted.map(({ property, verdict, steps }) => `${property} ${signs[verdict]}${steps ?? ''}`).join(' ');
}

/** A row of the abridged table: a scenario, or one of its variants with a word for each design. */
export interface AbridgedRow {
  readonly scenario: string;
  readonly variant: string;
  readonly words: readonly string[];
}

/** The rows of all variants in which something does not hold for one of the designs, or is refused. */
export function abridgedRows(
  cells: readonly Cell[],
  designs: readonly string[],
  leftOut: readonly string[] = [],
): readonly AbridgedRow[] {
  const scenarios = [...new Set(cells.map(({ scenario }) => scenario))];
  return scenarios.flatMap((scenario) => {
    const mine = designs.map((design) =>
      cells.find((cell) => cell.scenario === scenario && cell.design === design && cell.mutant === null),
    );
    const variants = new Set(mine.flatMap((cell) => cell?.options.map((option) => option.variant) ?? []));
    return [...variants].flatMap((variant): AbridgedRow[] => {
      const words = mine.map((cell) => abridgedVariant(cell, variant, leftOut));
      return words.every((word) => word === 'holds' || word === '-') ? [] : [{ scenario, variant, words }];
    });
  });
}

/**
 * A report as a small table of text: in each row a variant of a scenario, in each column a design. Variants in which
 * everything holds are left out; in a column `holds` says that everything does, `-` that the design has no such variant.
 * Properties may be left out, where the page says so.
 */
export function abridged(cells: readonly Cell[], designs: readonly string[], leftOut: readonly string[] = []): string {
  const rows = abridgedRows(cells, designs, leftOut);
  const table = [
    ['', ...designs],
    ...rows.flatMap(({ scenario, variant, words }, i) => [
      ...(rows[i - 1]?.scenario === scenario ? [] : [[scenario]]),
      [`  ${variant}`, ...words],
    ]),
  ];
  const widths = ['', ...designs].map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) => row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  '));
  return lines.map((line) => line.trimEnd()).join('\n');
}
