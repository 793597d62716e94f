import { memoryWord } from '../../sequence.ts';
import { featureWord } from '../gates.ts';
import { vectorPath, type OutputFile } from '../files.ts';
import type { Vector } from '../vector.ts';
import { amalgamate } from './amalgamate.ts';
import { edgesOf } from './edges.ts';

/** A text as a C string, broken at line ends. */
function quoted(text: string): string {
  const lines = text.split('\n');
  const escape = (line: string): string => line.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return lines.map((line, i) => `"${escape(line)}${i < lines.length - 1 ? '\\n' : ''}"`).join('\n\t  ');
}

/** The vector and its automaton as C data. */
function data(vector: Vector): string {
  const { id, design, steps, gates } = vector;
  const operations = steps.map(({ operation }) => operation);
  const edges = edgesOf(vector).map(
    ({ step, from, to, needed, event, wanted, because }) =>
      `\t{ ${step}, ${from}, ${to}, ${needed}, ${event},\n\t  ${quoted(wanted.join('\n'))},\n\t  ${quoted(because)} },`,
  );
  return [
    `/* Vector ${id}, by the model of ${design}. */`,
    'static const struct {',
    '\tconst char *id, *line;',
    '\tint steps;',
    '\tuint64_t features;',
    '\tbool swap, numa, huge_pages;',
    '} vector = {',
    `\t${quoted(id)},`,
    `\t${quoted(`vector 1 ${memoryWord(vector.kind)}`)}\n\t${operations.map((operation, i) => quoted(`${operation}${i < operations.length - 1 ? ' | ' : ''}`)).join('\n\t')},`,
    `\t${steps.length}, 0x${featureWord(gates.features).toString(16)}, ${gates.swap}, ${gates.numa}, ${gates.hugePages},`,
    '};',
    '',
    '/* What may be seen after a step, from which states, and where it leads. */',
    'struct edge {',
    '\tint step, from, to;',
    '\tbool needed, event;',
    '\t/* What the report must contain, a line each; and why it may happen. */',
    '\tconst char *wanted, *because;',
    '};',
    '',
    'static const struct edge edges[] = {',
    ...edges,
    '\t{ -1, 0, 0, false, false, NULL, NULL },',
    '};',
  ].join('\n');
}

/** Each vector as one C file that needs nothing else. */
export function* vectorCFiles(vectors: readonly Vector[]): Generator<OutputFile> {
  for (const vector of vectors) yield { path: `${vectorPath(vector)}.c`, content: vectorC(vector) };
}

/** A vector as one C file: `gcc -static -pthread`, exit codes of kselftest. */
export function vectorC(vector: Vector): string {
  const verbs = [...new Set(vector.steps.map(({ operation }) => operation.split(' ')[0] ?? ''))];
  return amalgamate(verbs, data(vector));
}
