import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { html } from '../html/html.ts';
import { markdown, type Follow } from '../html/markdown.ts';
import type { Page } from '../html/page.ts';

/**
 * Where a link of a Markdown page leads on the site: another page of docs/ to its HTML, a type (`../spec/x.ts#Name`) to
 * its API page, an anchor or an address to itself; a file that the site has not got, nowhere.
 *
 * @throws Error when an API site stands beside ours, and lacks the type
 */
export function followOnSite(apiPages: ReadonlySet<string>): Follow {
  return (target) => {
    if (/^(?:https:|#)/u.test(target)) return target;
    const [, page, anchor = ''] = /^([a-z-]+)\.md(#.*)?$/u.exec(target) ?? [];
    if (page !== undefined) return page === 'README' ? 'index.html' : `${page}.html${anchor}`;
    const [, file, name] = /^\.\.\/(.+)\.ts#(\w+)$/u.exec(target) ?? [];
    if (file === undefined || name === undefined) return undefined;
    const module = file.replace(/\/index$/u, '').replaceAll('/', '_');
    const found = [...apiPages].find((path) => path.endsWith(`/${module}.${name}.html`));
    if (found !== undefined) return `api/${found}`;
    if (!apiPages.has('index.html')) return undefined;
    throw new Error(`no API page for ${name} of ${file}.ts: a page of docs/ leads to it`);
  };
}

/** A page from one of the Markdown files of docs/, or one that says that the file is missing. */
export function textPage(root: string, name: string, title: string, lead: string, follow: Follow): Page {
  const file = join(root, 'docs', `${name}.md`);
  const base = { path: `${name}.html`, title, lead };
  if (!existsSync(file)) return { ...base, body: html`<p>This checkout has no <code>docs/${name}.md</code>.</p>` };
  const source = readFileSync(file, 'utf8').replace(/^# .*\n+/u, '');
  return { ...base, body: markdown(source, follow) };
}
