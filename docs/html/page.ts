import { html, trusted, type Html } from './html.ts';
import { style } from './style.ts';

/** A page of the site, before it gets its frame. */
export interface Page {
  /** Where it stands, from the root of the site: `traces/x.html`. */
  readonly path: string;
  readonly title: string;
  /** One or two sentences under the title. */
  readonly lead: Html | string;
  readonly body: Html;
}

/** The pages that every page leads to. */
const menu: readonly (readonly [path: string, name: string])[] = [
  ['index.html', 'Start'],
  ['review.html', 'Review'],
  ['machines.html', 'Machines'],
  ['decisions.html', 'Decisions'],
  ['contract.html', 'Contract'],
  ['defects.html', 'Defects'],
  ['vectors.html', 'Vectors'],
  ['limits.html', 'Limits'],
  ['glossary.html', 'Glossary'],
];

/** The way from a page to the root of the site: empty, or `../`. */
export function rootFrom(path: string): string {
  return '../'.repeat(path.split('/').length - 1);
}

/** The whole document; `api` says whether the API pages stand beside it. */
export function frame({ path, title, lead, body }: Page, api: boolean): string {
  const root = rootFrom(path);
  const items = [...menu, ...(api ? ([['api/index.html', 'API']] as const) : [])].map(
    ([to, name]) => html`<a href="${root + to}" ${to === path ? trusted(' aria-current="page"') : ''}>${name}</a>`,
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Faultline</title>
        <link rel="icon" href="data:," />
        <style>
          ${trusted(style)}
        </style>
      </head>
      <body>
        <header>
          <nav aria-label="Pages"><strong>Faultline</strong>${items}</nav>
        </header>
        <main>
          <h1>${title}</h1>
          <p class="lead">${lead}</p>
          ${body}
        </main>
      </body>
    </html> `.text;
}

/** A table with a head, in a box of its own that scrolls sideways. */
export function table(caption: string, head: readonly (Html | string)[], rows: readonly Html[]): Html {
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <thead>
        <tr>
          ${head.map((cell) => html`<th scope="col">${cell}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
