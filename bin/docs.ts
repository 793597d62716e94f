import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { buildSite, type Given } from '../docs/index.ts';
import { cellJson, reviewJobs } from '../model/index.ts';
import { note, writeWhole } from './cli/output.ts';
import { withExamples } from './cli/program.ts';
import { usageError } from './cli/usage.ts';
import { work } from './cli/work.ts';

interface DocsFlags {
  readonly review?: string;
  readonly vectors: readonly string[];
  readonly out: string;
}

/** Where `faultline review` leaves its report. */
const usualReview = join('out', 'review.json');

function read(path: string): Given {
  try {
    return { from: path, json: JSON.parse(readFileSync(path, 'utf8')) };
  } catch (error) {
    return usageError(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function reviewOf(path: string | undefined): Promise<Given | undefined> {
  if (path !== undefined || existsSync(usualReview)) return read(path ?? usualReview);
  note(`no ${usualReview}: a quick review is run for the site; 'faultline review' makes the whole one`);
  const { cells, interrupted } = await work(reviewJobs(true));
  return interrupted
    ? undefined
    : { from: 'the quick review', json: cells.flatMap((cell) => cell ?? []).map(cellJson) };
}

async function docs({ review, vectors, out }: DocsFlags): Promise<void> {
  const runs = vectors.map(read);
  const report = await reviewOf(review);
  if (report === undefined) return;
  const api = join(out, 'api');
  const apiPages = new Set(existsSync(api) ? readdirSync(api, { recursive: true, encoding: 'utf8' }) : []);
  const site = await buildSite({ review: report, vectors: runs, apiPages });
  for (const [path, text] of site) writeWhole(join(out, path), text);
  note(`${site.size} pages from ${report.from}; start at ${join(out, 'index.html')}`);
}

/** `faultline docs`: the results as a site. */
export const docsCommand: Command = withExamples(
  new Command('docs')
    .description('turn a review, and results of vectors, into a static site')
    .option('--review <file>', `the report of 'faultline review' (default: ${usualReview}, else a quick review)`)
    .option('--vectors <files...>', "results of 'faultline run --json', one for each kernel", [])
    .option('--out <dir>', 'where the site goes', 'site')
    .action(docs),
  ['faultline docs', 'faultline docs --review out/review.json --vectors out/run-7.3.json --out site'],
);
