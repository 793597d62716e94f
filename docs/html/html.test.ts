import { describe, expect, test } from 'vitest';
import { html, slug, trusted } from './html.ts';
import { markdown } from './markdown.ts';

const follow = (to: string): string | undefined => (to.startsWith('no') ? undefined : `to/${to}`);
const shown = (source: string): string => markdown(source, follow).text;

describe('the template', () => {
  test('escapes text in elements and attributes, and leaves HTML of its own alone', () => {
    const bad = `<b a="1" c='2'>&`;
    expect(html`<i title="${bad}">${[bad, html`<em>x</em>`]}</i>`.text).toBe(
      '<i title="&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;">&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;<em>x</em></i>',
    );
    expect(html`${undefined}${0}${trusted('<hr>')}`.text).toBe('0<hr>');
  });

  test('makes names that can stand in a path and in an id', () => {
    expect(slug('linux-7.3', 'rwp sync, mprotect <x>/..')).toBe('linux-7.3-rwp-sync-mprotect-x-..');
  });
});

describe('Markdown', () => {
  test('becomes headings, paragraphs, lists, tables and code', () => {
    expect(shown('## A `b`\n\nfirst\nsecond')).toBe('<h2 id="a-b">A <code>b</code></h2><p>first second</p>');
    expect(shown('- one\n  more\n- **two**')).toBe('<ul><li>one more</li><li><strong>two</strong></li></ul>');
    expect(shown('| a | b |\n| - | - |\n| c | `d` |')).toContain('<td>c</td><td><code>d</code></td>');
    expect(shown('```text x\na < b\n\n- c\n```')).toBe('<pre>a &lt; b\n\n- c</pre>\n');
  });

  test('follows links, and leaves the text of those that lead nowhere', () => {
    expect(shown('[**a**](b.md) and [c](nowhere.ts#X)')).toBe('<p><a href="to/b.md"><strong>a</strong></a> and c</p>');
  });

  test('escapes HTML', () => {
    expect(shown('a <script> [<b>](<c>) `<d>`')).not.toMatch(/<(?!p>|\/p>|a |\/a>|code>|\/code>)/u);
  });
});
