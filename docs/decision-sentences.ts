import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** The sources, or what the compiler made of them: both carry the doc comments. */
function decisionFiles(): readonly string[] {
  const folder = join(import.meta.dirname, '..', 'spec', 'decisions');
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  const sources = names.filter((name) => !name.endsWith('.d.ts'));
  return (sources.length > 0 ? sources : names).map((name) => join(folder, name));
}

function sentencesOf(path: string): readonly (readonly [string, string])[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  return file.statements
    .filter((statement) => ts.isInterfaceDeclaration(statement) && statement.name.text.endsWith('Decisions'))
    .flatMap((statement) => (statement as ts.InterfaceDeclaration).members)
    .flatMap((member) => {
      const [doc] = ts.getJSDocCommentsAndTags(member);
      const comment = doc && ts.isJSDoc(doc) ? ts.getTextOfJSDocComment(doc.comment) : undefined;
      return member.name ? [[member.name.getText(file), (comment ?? '').replaceAll(/\s+/gu, ' ')] as const] : [];
    });
}

/** What each decision says, from its doc comment: it is written there and nowhere else. */
export function decisionSentences(paths: readonly string[] = decisionFiles()): ReadonlyMap<string, string> {
  return new Map(paths.flatMap(sentencesOf));
}
