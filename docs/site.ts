import { frame, type Page } from './html/page.ts';
import { Artist } from './machines/draw.ts';
import { cellPage } from './pages/cell.ts';
import { contractPage } from './pages/contract.ts';
import { decisionsPage } from './pages/decisions.ts';
import { defectsPage } from './pages/defects.ts';
import { findingPage } from './pages/finding.ts';
import { indexPage } from './pages/index.ts';
import { designMachinesPage, machinesPage } from './pages/machines.ts';
import { reviewPage } from './pages/review.ts';
import { followOnSite, textPage } from './pages/text.ts';
import { tracePage } from './pages/trace.ts';
import { vectorsPage } from './pages/vectors.ts';
import { readReport, type Cell } from './review/report.ts';
import { root } from './root.ts';
import { readVectorRun } from './vector-run.ts';
import type { JudgedClaim } from '../conformance/contract/judge.ts';
import { stories } from '../conformance/findings/stories/index.ts';
import { designNames } from '../spec/index.ts';

/** A parsed JSON file, and where it is from. */
export interface Given {
  readonly from: string;
  readonly json: unknown;
}

/** What a site is made of. */
export interface SiteInput {
  /** The report of `faultline review`. */
  readonly review: Given;
  /** Results of `faultline run --json`, one for each kernel. */
  readonly vectors: readonly Given[];
  /** What came of the claims of the contract; left out: they are judged here, which takes seconds. */
  readonly claims?: readonly JudgedClaim[];
  /** The pages of the API site that stands in `api/` beside ours: `interfaces/x.html`. */
  readonly apiPages: ReadonlySet<string>;
}

function cellPages(cells: readonly Cell[]): readonly Page[] {
  return cells
    .filter((cell) => cell.skipped === undefined)
    .flatMap((cell) => [
      cellPage(cell),
      ...cell.results.flatMap((answer) => (answer.trace ? [tracePage(cell, answer, answer.trace)] : [])),
    ]);
}

/**
 * Makes all pages of the site, by path: plain HTML that needs no server, no script and nothing from elsewhere.
 *
 * @throws UsageError when a file is not what it should be
 */
export async function buildSite({
  review,
  vectors,
  claims,
  apiPages,
}: SiteInput): Promise<ReadonlyMap<string, string>> {
  const cells = readReport(review.json, review.from);
  const runs = vectors.map(({ json, from }) => readVectorRun(json, from));
  const artist = await Artist.start();
  const follow = followOnSite(apiPages);
  const api = apiPages.has('index.html');
  const pages = [
    indexPage(cells, api),
    reviewPage(cells),
    ...cellPages(cells),
    machinesPage(),
    ...designNames.map((name) => designMachinesPage(name, artist)),
    decisionsPage(),
    contractPage(cells, claims),
    defectsPage(cells),
    ...stories.map((story) => findingPage(story, cells)),
    vectorsPage(runs),
    textPage(root, 'limits', 'Limits', 'What the model leaves out, and what could hide there.', follow),
    textPage(root, 'glossary', 'Glossary', 'The words of this project, each with the type that it names.', follow),
  ];
  return new Map(pages.map((page) => [page.path, frame(page, api)]));
}
