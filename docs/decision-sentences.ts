import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** The source, or what the compiler made of it: both carry the doc comments. */
function decisionsFile(): string {
  const folder = join(import.meta.dirname, '..', 'spec');
  const source = join(folder, 'decisions.ts');
  return existsSync(source) ? source : join(folder, 'decisions.d.ts');
}

/** What each decision says, from its doc comment: it is written there and nowhere else. */
export function decisionSentences(path: string = decisionsFile()): ReadonlyMap<string, string> {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const sentences = new Map<string, string>();
  for (const statement of file.statements) {
    if (!ts.isInterfaceDeclaration(statement) || statement.name.text !== 'Decisions') continue;
    for (const member of statement.members) {
      const [doc] = ts.getJSDocCommentsAndTags(member);
      const comment = doc && ts.isJSDoc(doc) ? ts.getTextOfJSDocComment(doc.comment) : undefined;
      if (member.name) sentences.set(member.name.getText(file), (comment ?? '').replaceAll(/\s+/gu, ' '));
    }
  }
  return sentences;
}
