import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documents, type Source } from '../contract/index.ts';
import { kernelTree, whySkipped } from './kernel-tree.ts';

/** Why what is quoted cannot be looked up, for the name of a test; empty where it can. */
export const noDocuments =
  whySkipped || (existsSync(join(kernelTree, documents['pagemap.rst'])) ? '' : ' (skipped: the tree has no documents)');

/** A document as one line of words, without the stars of a comment. */
const flat = (text: string): string => text.replaceAll(/\n[\t ]*\*?/gu, ' ').replaceAll(/\s+/gu, ' ');

/** Whether what is quoted stands in its document. */
export function isQuoted(source: Source): boolean {
  if (source.standing !== 'P') return false;
  return flat(readFileSync(join(kernelTree, documents[source.document]), 'utf8')).includes(source.sentence);
}
