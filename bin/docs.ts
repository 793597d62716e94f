import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import type { Given } from '../docs/index.ts';
import { cellJson, reviewJobs } from '../model/index.ts';
import { note, writeWhole } from './cli/output.ts';
import { withExamples } from './cli/program.ts';
import { usageError } from './cli/usage.ts';
import { work } from './cli/work.ts';

interface DocsFlags {
  readonly review?: string;
  readonly vectors?: readonly string[];
  readonly out: string;
}

const usualReview = join('out', 'review.json');
const filesIn = (folder: string, recursive: boolean): readonly string[] =>
  existsSync(folder) ? readdirSync(folder, { recursive, encoding: 'utf8' }) : [];

function read(path: string): Given {
  try {
    return { from: path, json: JSON.parse(readFileSync(path, 'utf8')) };
  } catch (error) {
    return usageError(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function reviewOf(path: string): Promise<Given | undefined> {
  if (path !== usualReview || existsSync(path)) return read(path);
  note(`no ${path}: a quick review is run for the site; 'faultline review' makes the whole one`);
  const { cells, interrupted } = await work(reviewJobs({ quick: true }));
  const json = cells.flatMap((cell) => cell ?? []).map(cellJson);
  return interrupted ? undefined : { from: 'the quick review', json };
}

async function docs({ review = usualReview, vectors, out }: DocsFlags): Promise<void> {
  const folder = dirname(review);
  const beside = filesIn(folder, false).filter((name) => /^run-.*\.json$/u.test(name));
  const runs = (vectors ?? beside.toSorted().map((name) => join(folder, name))).map(read);
  const report = await reviewOf(review);
  if (report === undefined) return;
  // A compiler, Graphviz and validators come with it, which no other command needs.
  const { buildSite } = await import('../docs/index.ts');
  const site = await buildSite({ review: report, vectors: runs, apiPages: new Set(filesIn(join(out, 'api'), true)) });
  for (const [path, text] of site) writeWhole(join(out, path), text);
  note(`${site.size} pages from ${report.from}, ${runs.length} runs of vectors; start at ${join(out, 'index.html')}`);
}

/** `faultline docs`: the results as a site. */
export const docsCommand: Command = withExamples(
  new Command('docs')
    .description('turn a review, and results of vectors, into a static site')
    .option('--review <file>', `the report of 'faultline review' (default: ${usualReview}, else a quick review)`)
    .option('--vectors <files...>', "results of 'faultline run --json' (default: run-*.json beside the report)")
    .option('--out <dir>', 'where the site goes', 'site')
    .action(docs),
  ['faultline docs', 'faultline docs --review out/review.json --vectors out/run-7.3.json --out site'],
);
