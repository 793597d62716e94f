import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Anchor } from '../../checker/language/index.ts';

/** The kernel source tree that anchors are looked up in; empty where there is none. */
export const kernelTree = process.env['KERNEL_TREE'] ?? '';

/** Why a test of the anchors is skipped, for its name. */
export const whySkipped = kernelTree === '' ? ' (skipped: KERNEL_TREE names no 7.3 source tree)' : '';

function textOf(path: string): string | undefined {
  const file = join(kernelTree, path);
  return path !== '' && statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file, 'utf8') : undefined;
}

/**
 * What is wrong with an anchor, or undefined where its function is defined or declared in its file: named at the start
 * of a line of its own, or after its type there, which no call and no comment is.
 */
export function faultOf({ path, name }: Anchor): string | undefined {
  const text = textOf(path);
  if (text === undefined) return `${path}: no such file`;
  const defined = new RegExp(String.raw`^(?:[A-Za-z_][\w \t*]*[ \t*])?${name}\(`, 'mu');
  return defined.test(text) ? undefined : `${path}: ${name}() is neither defined nor declared there`;
}

/** An export, or a function, of a source file, and the `@kernel` anchor of the comment before it. */
export interface Transcription {
  readonly file: string;
  readonly name: string;
  /** Undefined where the comment has no anchor, or there is no comment. */
  readonly anchor: Anchor | undefined;
}

const declaration =
  /(?<comment>\/\*\*(?:(?!\*\/)[^])*\*\/\n)?(?:export )?(?:const|function|class) (?<name>[a-z][a-z0-9]*(?:_[a-z0-9]+)+)\b/gu;

/** Every snake_case declaration at the top level of a text. */
export function transcriptionsIn(file: string, text: string): readonly Transcription[] {
  return [...text.matchAll(new RegExp(declaration.source, 'gmu'))]
    .filter(({ index }) => index === 0 || text[index - 1] === '\n')
    .map(({ groups }) => {
      const { comment = '', name = '' } = groups ?? {};
      const [, path, kernelName] = /@kernel (\S+) (\w+)\(\)/u.exec(comment) ?? [];
      return { file, name, anchor: path && kernelName ? { path, name: kernelName } : undefined };
    });
}

/** Every snake_case declaration in the sources of a folder, its tests left out. */
export function transcriptions(folder: string): readonly Transcription[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('testing'))
    .flatMap((file) => transcriptionsIn(file, readFileSync(join(folder, file), 'utf8')));
}
