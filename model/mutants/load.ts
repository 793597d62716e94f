import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type ts from 'typescript';
import type { Mutant } from './mutant.ts';
import { mutantProblem } from './problem.ts';

/** What is wrong with a mutant file, in one line. */
export class MutantError extends Error {
  override readonly name = 'UsageError';
}

/** The folder of the package: where package.json is. */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

type TypeScript = typeof ts;

/** The compiler is large: it is loaded when a mutant file is, and not before. */
async function compiler(): Promise<TypeScript> {
  return (await import('typescript')).default;
}

const compilerOptions = (tsc: TypeScript, root: string): ts.CompilerOptions => ({
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: tsc.ScriptTarget.ES2023,
  module: tsc.ModuleKind.NodeNext,
  moduleResolution: tsc.ModuleResolutionKind.NodeNext,
  allowImportingTsExtensions: true,
  types: [],
  paths: { faultline: [join(root, 'dist', 'index.d.ts')] },
});

/** The first error of a file, as `file:line: message`. */
function firstError(tsc: TypeScript, file: string, root: string): string | undefined {
  const program = tsc.createProgram([file], compilerOptions(tsc, root));
  const [first] = tsc.getPreEmitDiagnostics(program);
  if (first === undefined) return undefined;
  const message = tsc.flattenDiagnosticMessageText(first.messageText, ' ');
  if (first.file === undefined || first.start === undefined) return `${relative('.', file)}: ${message}`;
  const { line } = first.file.getLineAndCharacterOfPosition(first.start);
  return `${relative('.', first.file.fileName)}:${line + 1}: ${message}`;
}

/**
 * Type-checks a mutant file against the package and loads it. It may lie in any folder.
 *
 * @throws MutantError with the first thing that is wrong.
 */
export async function loadMutant(path: string): Promise<Mutant> {
  const file = resolve(path);
  if (!existsSync(file))
    throw new MutantError(`no mutant file ${path}: expected a TypeScript file with one default export`);
  const root = packageRoot();
  const tsc = await compiler();
  const error = firstError(tsc, file, root);
  if (error !== undefined) throw new MutantError(error);
  const source = tsc.sys.readFile(file) ?? '';
  const at = (word: string): string => `${relative('.', file)}:${lineOf(source, word)}`;
  const other = tsc.preProcessFile(source, true, true).importedFiles.find(({ fileName }) => fileName !== 'faultline');
  if (other !== undefined)
    throw new MutantError(`${at(other.fileName)}: a mutant is one file: it may import 'faultline', and nothing else`);
  const mutant = await evaluate(tsc, source, root, relative('.', file));
  const problem = mutantProblem(mutant);
  if (problem !== undefined) throw new MutantError(`${at(problem.word)}: ${problem.message}`);
  return mutant;
}

/** The line that a word is in; the first, where it is in none. */
function lineOf(source: string, word: string): number {
  const line = source.split('\n').findIndex((text) => text.includes(word));
  return Math.max(1, line + 1);
}

/** What the file exports, executed. @throws MutantError when that fails, or is no mutant. */
async function evaluate(tsc: TypeScript, source: string, root: string, name: string): Promise<Mutant> {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-mutant-'));
  try {
    const { outputText } = tsc.transpileModule(source, {
      compilerOptions: { module: tsc.ModuleKind.ESNext, target: tsc.ScriptTarget.ES2023, verbatimModuleSyntax: true },
    });
    const entry = pathToFileURL(join(root, 'dist', 'index.js')).href;
    const module = join(folder, 'mutant.mjs');
    writeFileSync(module, outputText.replaceAll(/(from\s+)(['"])faultline\2/gu, `$1'${entry}'`));
    const loaded = (await import(pathToFileURL(module).href)) as { readonly default?: Mutant };
    if (loaded.default?.design === undefined) {
      throw new MutantError(`${name}:1: expected one default export, defineMutant({ design, decisions?, rules? })`);
    }
    return loaded.default;
  } catch (error) {
    if (error instanceof MutantError) throw error;
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    const line = /mutant\.mjs:(\d+)/u.exec(stack)?.[1] ?? '1';
    throw new MutantError(`${name}:${line}: it cannot be loaded: ${message.split('\n')[0]}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
