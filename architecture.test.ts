import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

/** Source text by path from the root, with `/` between folders. */
type Sources = ReadonlyMap<string, string>;

/** What each part of the house may import besides itself; the longest matching prefix names the part. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  spec: ['checker/language'],
  'checker/language': [],
  checker: ['checker/language'],
  model: ['spec', 'checker', 'checker/language'],
  conformance: ['spec', 'model', 'checker', 'checker/language'],
  'index.ts': ['spec', 'model', 'checker', 'checker/language', 'conformance'],
  docs: ['index.ts', 'spec', 'model', 'checker', 'checker/language', 'conformance'],
  bin: ['index.ts', 'spec', 'model', 'checker', 'checker/language', 'conformance', 'docs'],
};

/** The folders of the house. */
const folders = ['spec', 'checker', 'model', 'conformance', 'docs', 'bin'];

/** The part of the house that a file belongs to; the root's tests and configuration belong to none. */
function partOf(path: string): string | undefined {
  const inside = Object.keys(arrows).filter((part) => path === part || path.startsWith(`${part}/`));
  return inside.toSorted((a, b) => b.length - a.length)[0];
}

/** The files of the project that a file imports, types included; the package's own name is its public interface. */
function importsOf(path: string, text: string): readonly string[] {
  return ts.preProcessFile(text, true, true).importedFiles.flatMap(({ fileName }) => {
    if (fileName === 'faultline') return ['index.ts'];
    return fileName.startsWith('.') ? [posix.join(posix.dirname(path), fileName)] : [];
  });
}

/** Every import that goes against the arrows, as `from -> to`. */
function forbidden(sources: Sources): readonly string[] {
  return [...sources].flatMap(([path, text]) => {
    const from = partOf(path);
    if (from === undefined) return [];
    const allowed = [from, ...(arrows[from] ?? [])];
    return importsOf(path, text)
      .filter((target) => !allowed.includes(partOf(target) ?? target))
      .map((target) => `${path} -> ${target}`);
  });
}

/** Every import cycle that a depth-first walk closes, as `a -> b -> a`. */
function cycles(sources: Sources): readonly string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (path: string, above: readonly string[]): void => {
    if (above.includes(path)) found.push([...above.slice(above.indexOf(path)), path].join(' -> '));
    if (done.has(path) || above.includes(path)) return;
    for (const target of importsOf(path, sources.get(path) ?? '')) walk(target, [...above, path]);
    done.add(path);
  };
  for (const path of sources.keys()) walk(path, []);
  return found;
}

/** Every import of a project file that is not there. */
function dangling(sources: Sources): readonly string[] {
  return [...sources].flatMap(([path, text]) =>
    importsOf(path, text)
      .filter((target) => !sources.has(target))
      .map((target) => `${path} -> ${target}`),
  );
}

/** The TypeScript of the project as it is on disk. */
function projectSources(): Sources {
  const paths = folders
    .filter((folder) => existsSync(join(import.meta.dirname, folder)))
    .flatMap((folder) =>
      readdirSync(join(import.meta.dirname, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        posix.join(folder, name),
      ),
    )
    // Examples stand for what users write: they import the package by its name.
    .filter((path) => path.endsWith('.ts') && !path.includes('/examples/'));
  return new Map(['index.ts', ...paths].map((path) => [path, readFileSync(join(import.meta.dirname, path), 'utf8')]));
}

/** The number of lines of a text that ends with a newline. */
const linesOf = (text: string): number => text.split('\n').length - 1;

const sources = projectSources();

describe('the house', () => {
  test('imports only along its arrows', () => {
    expect(forbidden(sources)).toEqual([]);
  });

  test('has no import cycle between files', () => {
    expect(cycles(sources)).toEqual([]);
  });

  test('imports only files that exist', () => {
    expect(dangling(sources)).toEqual([]);
  });

  test('keeps each file of bin/ within 60 lines', () => {
    const commands = [...sources].filter(([path]) => /^bin\/[^/.]+\.ts$/.test(path));
    expect(commands.filter(([, text]) => linesOf(text) > 60).map(([path]) => path)).toEqual([]);
  });

  test.for(folders.filter((folder) => existsSync(join(import.meta.dirname, folder))))(
    '%s/ has a README of one screen',
    (folder) => {
      const readme = readFileSync(join(import.meta.dirname, folder, 'README.md'), 'utf8');
      expect(linesOf(readme)).toBeLessThanOrEqual(60);
    },
  );
});

describe('the check of the house', () => {
  const broken: Sources = new Map([
    ['spec/entry.ts', "import { search } from '../checker/search.ts';\nexport type { Cpu } from '../model/cpu.ts';"],
    ['checker/search.ts', "import type { Step } from './language/step.ts';"],
    ['checker/language/step.ts', "export const search = () => import('../search.ts');"],
    ['model/cpu.ts', "import { main } from '../bin/main.ts';\nimport { readFileSync } from 'node:fs';"],
    ['bin/main.ts', "import { review } from '../docs/review.ts';"],
    ['conformance/judge.ts', "import { linux } from 'faultline';"],
  ]);

  test('names every arrow that a broken house bends, type imports and dynamic ones included', () => {
    expect(forbidden(broken)).toEqual([
      'spec/entry.ts -> checker/search.ts',
      'spec/entry.ts -> model/cpu.ts',
      'checker/language/step.ts -> checker/search.ts',
      'model/cpu.ts -> bin/main.ts',
      'conformance/judge.ts -> index.ts',
    ]);
  });

  test('names the cycle of a broken house', () => {
    expect(cycles(broken)).toEqual(['checker/search.ts -> checker/language/step.ts -> checker/search.ts']);
  });

  test('names the missing files of a broken house', () => {
    expect(dangling(broken)).toEqual(['bin/main.ts -> docs/review.ts', 'conformance/judge.ts -> index.ts']);
  });
});
