import { escapeHtml, html, slug, trusted, type Html } from './html.ts';

/** Where a link leads on the site; undefined: there is nothing to lead to, and the text stands alone. */
export type Follow = (target: string) => string | undefined;

function inline(text: string, follow: Follow): Html {
  const parts = text.split(/(`[^`]+`|\*\*[^*]+\*\*|\[(?:[^\]`]|`[^`]*`)+\]\([^)\s]+\))/u);
  return html`${parts.map((part): Html | string => {
    if (part.startsWith('`')) return html`<code>${part.slice(1, -1)}</code>`;
    if (part.startsWith('**')) return html`<strong>${inline(part.slice(2, -2), follow)}</strong>`;
    const [, words, target] = /^\[(.+)\]\(([^)\s]+)\)$/u.exec(part) ?? [];
    if (words === undefined || target === undefined) return part;
    const to = follow(target);
    return to === undefined ? inline(words, follow) : html`<a href="${to}">${inline(words, follow)}</a>`;
  })}`;
}

const cellsOf = (line: string): string[] =>
  line
    .replace(/^\||\|$/gu, '')
    .split(/(?<!\\)\|/u)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));

function tableOf(lines: readonly string[], follow: Follow): Html {
  const [head = '', , ...rows] = lines;
  const row = (line: string, tag: 'td' | 'th'): Html[] =>
    cellsOf(line).map((cell) => html`<${trusted(tag)}>${inline(cell, follow)}</${trusted(tag)}>`);
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${row(head, 'th')}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (line) =>
            html`<tr>
              ${row(line, 'td')}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function listOf(lines: readonly string[], follow: Follow): Html {
  const items: string[] = [];
  for (const line of lines) {
    const [, first] = /^(?:[-*]|\d+\.) +(.*)$/u.exec(line) ?? [];
    if (first === undefined) items.push(`${items.pop() ?? ''} ${line.trim()}`);
    else items.push(first);
  }
  const tag = trusted(/^\d/u.test(lines[0] ?? '') ? 'ol' : 'ul');
  return html`<${tag}>${items.map((item) => html`<li>${inline(item, follow)}</li>`)}</${tag}>`;
}

function blockOf(lines: readonly string[], follow: Follow): Html {
  const [first = ''] = lines;
  const [, marks, title] = /^(#{1,4}) +(.*)$/u.exec(first) ?? [];
  if (marks !== undefined && title !== undefined) {
    const tag = trusted(`h${marks.length}`);
    const heading = html`<${tag} id="${slug(title.replaceAll('`', '')).toLowerCase()}">${inline(title, follow)}</${tag}>`;
    return lines.length === 1 ? heading : html`${heading}${blockOf(lines.slice(1), follow)}`;
  }
  if (first.startsWith('|')) return tableOf(lines, follow);
  if (/^(?:[-*]|\d+\.) /u.test(first)) return listOf(lines, follow);
  if (/^ {4}/u.test(first)) return html`<pre>${lines.map((line) => `${line.slice(4)}\n`)}</pre>`;
  return html`<p>${inline(lines.join(' '), follow)}</p>`;
}

/**
 * The Markdown that our own pages use: headings, paragraphs, lists, tables, code, links. Anything else stays text, and
 * HTML in it is escaped.
 */
export function markdown(source: string, follow: Follow): Html {
  const pieces = source.replaceAll(/<!--[\s\S]*?-->\n?/gu, '').split(/^(```[\s\S]*?^```)$/mu);
  return html`${pieces.map((piece): Html | Html[] => {
    const [, code] = /^```[^\n]*\n([\s\S]*?)\n?```$/u.exec(piece) ?? [];
    if (code !== undefined) return trusted(`<pre>${escapeHtml(code)}</pre>\n`);
    const blocks = piece.split(/\n{2,}/u).map((block) => block.replace(/^\n+|\s+$/gu, ''));
    return blocks.filter((block) => block !== '').map((block) => blockOf(block.split('\n'), follow));
  })}`;
}
