import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { followOnSite } from './pages/text.ts';
import { root } from './root.ts';

/** The links of a Markdown file. */
function linksOf(path: string): readonly string[] {
  const text = readFileSync(path, 'utf8').replaceAll(/```[\s\S]*?```|`[^`]*`/gu, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/gu)].map(([, to]) => to ?? '');
}

const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];

test.for(pages)('every link of %s leads to a file of the project, and to a name that it exports', (page) => {
  for (const link of linksOf(join(root, page))) {
    if (/^(?:https:|#)/u.test(link)) continue;
    const [path = '', name] = link.split('#');
    const file = join(root, page, '..', path);
    expect(existsSync(file), link).toBe(true);
    const text = file.endsWith('.ts') ? readFileSync(file, 'utf8') : `export type ${name}`;
    expect(text, link).toMatch(new RegExp(`export \\w+ ${name}\\b`, 'u'));
  }
});

test('every word of the project has its type', () => {
  const words = 'property, witness, rule, decision, design, mutant, scenario, vector, verdict, finding'.split(', ');
  const text = readFileSync(join(root, 'docs', 'glossary.md'), 'utf8');
  for (const word of words)
    expect(text).toMatch(new RegExp(`^- \\*\\*\\[${word}\\]\\(\\.\\./\\S+\\.ts#\\w+\\)\\*\\*: `, 'mu'));
});

test('a link to a type leads to its page of the API site, and nowhere where no API site stands beside ours', () => {
  const follow = followOnSite(
    new Set(['index.html', 'interfaces/spec_designs_design.Design.html', 'types/spec.X.html']),
  );
  expect(follow('../spec/designs/design.ts#Design')).toBe('api/interfaces/spec_designs_design.Design.html');
  expect(follow('../spec/index.ts#X')).toBe('api/types/spec.X.html');
  expect(() => follow('../spec/designs/design.ts#Nobody')).toThrow('no API page for Nobody of spec/designs/design.ts');
  expect(followOnSite(new Set())('../spec/designs/design.ts#Design')).toBeUndefined();
  expect([follow('limits.md#a'), follow('#b'), follow('../spec/README.md')]).toEqual([
    'limits.html#a',
    '#b',
    undefined,
  ]);
});
