import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot, runnerSources } from '../../runner/build.ts';

/** The headers and sources of the runner that a vector needs, in an order in which each knows what it uses. */
const headers = ['text.h', 'uffd.h', 'pagemap.h', 'runner.h'];
const sources = ['text.c', 'parse.c', 'thread.c', 'observe.c', 'probe.c', 'sequence.c'];

/** The name of a verb's description in C. */
const symbolOf = (verb: string): string => `verb_${verb.replaceAll('-', '_')}`;

let filesByVerb: ReadonlyMap<string, string> | undefined;

/** The file that describes each verb, by the verb's symbol. */
function verbFiles(): ReadonlyMap<string, string> {
  const folder = join(runnerSources(), 'verbs');
  filesByVerb ??= new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.c') && name !== 'list.c')
      .flatMap((name) =>
        [...read(join(folder, name)).matchAll(/^const struct verb (verb_\w+)/gm)].map(
          ([, symbol = '']): [string, string] => [symbol, `verbs/${name}`],
        ),
      ),
  );
  return filesByVerb;
}

/** The file that describes a verb. */
function fileOf(verb: string): string {
  const file = verbFiles().get(symbolOf(verb));
  if (file === undefined) throw new Error(`no file of the runner describes the verb ${verb}`);
  return file;
}

/** Words, strings, comments and everything else of a C text. */
const tokens = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\/\*[\s\S]*?\*\/|\/\/[^\n]*|->|[A-Za-z_]\w*|[\s\S]/g;

/** Renames words of a C text that are not members of a structure. */
function rename(text: string, names: ReadonlyMap<string, string>): string {
  let before = '';
  return text.replaceAll(tokens, (token) => {
    const member = before === '.' || before === '->';
    if (token.trim() !== '') before = token;
    return member ? token : (names.get(token) ?? token);
  });
}

/** What a source declares for itself alone, at the beginning of a line. */
function statics(text: string): readonly string[] {
  const declared = text.matchAll(/^static [^=;({]*?(\w+)\s*(?:\[[^\]]*\]\s*)*(?:__attribute__\(\(.*?\)\)\s*)?[=;(]/gm);
  return [...declared].map((match) => match[1] ?? '');
}

interface Part {
  readonly name: string;
  readonly text: string;
}

/** A source without the lines that only make sense in a file of its own. */
function body(text: string): string {
  return text
    .replace(/^\/[/*] ?SPDX[^\n]*\n/, '')
    .replaceAll(/^#define _GNU_SOURCE\n/gm, '')
    .replaceAll(/^#include [^\n]*\n/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

/** Parts in one text: what two of them call by the same name gets the name of its part in front. */
function together(parts: readonly Part[]): string {
  const owners = new Map<string, number>();
  for (const { text } of parts)
    for (const name of new Set(statics(text))) owners.set(name, (owners.get(name) ?? 0) + 1);
  return parts
    .map(({ name, text }) => {
      const shared = statics(text).filter((word) => (owners.get(word) ?? 0) > 1);
      const prefix = name.replace(/\.\w$/, '').replaceAll(/\W/g, '_');
      const renamed = rename(body(text), new Map(shared.map((word) => [word, `${prefix}_${word}`])));
      return `/* ${name} */\n\n${renamed}`;
    })
    .join('\n\n');
}

const known = new Map<string, string>();

function read(path: string): string {
  const text = known.get(path) ?? readFileSync(path, 'utf8');
  known.set(path, text);
  return text;
}

/** The runner in one piece, with these verbs and no others, between `head` and the program that follows the automaton. */
export function amalgamate(verbs: readonly string[], head: string): string {
  const folder = runnerSources();
  const part = (name: string): Part => ({ name, text: read(join(folder, name)) });
  const files = [...new Set(verbs.map(fileOf))];
  const main: Part = {
    name: 'main.c',
    text: read(join(packageRoot(), 'conformance', 'vectors', 'c', 'main.c')),
  };
  const all = [...headers, ...sources, ...files].map(part);
  const includes = [...all, main].flatMap(({ text }) =>
    [...text.matchAll(/^#include <[^\n]*>$/gm)].map(([line]) => line),
  );
  const list = [
    ...verbs.map((verb) => `extern const struct verb ${symbolOf(verb)};`),
    `const struct verb *const verbs[] = { ${verbs.map((verb) => `&${symbolOf(verb)}, `).join('')}NULL };`,
  ].join('\n');
  const declarations = all.slice(0, headers.length);
  const definitions = all.slice(headers.length);
  return [
    '// SPDX-License-Identifier: GPL-2.0 OR MIT',
    '#define _GNU_SOURCE',
    [...new Set(includes)].toSorted().join('\n'),
    together(declarations),
    list,
    together([...definitions, { name: 'vector', text: head }, main]),
    '',
  ].join('\n\n');
}
