/** Text that is HTML already: made by {@link html} only, so that nothing gets onto a page unescaped. */
export class Html {
  readonly text: string;

  /** Trusts its argument; everybody but this file goes through {@link html} or {@link trusted}. */
  constructor(text: string) {
    this.text = text;
  }
}

/** What can stand in a template: text is escaped, lists are joined, nothing is nothing. */
export type Value = string | number | Html | undefined | readonly Value[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for an element or for an attribute in quotes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => entities[character] ?? character);
}

function shown(value: Value): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'string') return escapeHtml(value);
  return typeof value === 'number' ? String(value) : value.map(shown).join('');
}

/** A piece of a page: whatever is put into the template is escaped. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(parts.map((part, i) => (i === 0 ? part : `${shown(values[i - 1])}${part}`)).join(''));
}

/** Says of a text that it is HTML: for pictures and stylesheets that we made ourselves. */
export function trusted(text: string): Html {
  return new Html(text);
}

/** A name for an `id` and for a file: letters, digits and hyphens. */
export function slug(...names: readonly string[]): string {
  return names
    .join(' ')
    .replaceAll(/[^A-Za-z0-9.]+/gu, '-')
    .replaceAll(/^-|-$/gu, '');
}
