import { Command, Option } from 'commander';
import { vectorCFiles } from '../conformance/vectors/c/files.ts';
import { vectorFiles } from '../conformance/vectors/files.ts';
import { allVectors, pairsInside } from '../conformance/vectors/generate.ts';
import { vectorVersion } from '../conformance/vectors/vector.ts';
import { designs } from '../spec/index.ts';
import { note, writeAll } from './cli/output.ts';
import { withExamples } from './cli/program.ts';
import { oneOf, usageError } from './cli/usage.ts';

interface VectorsFlags {
  readonly out?: string;
  readonly format: 'json' | 'c';
  readonly design: string;
}

/** Designs that describe a kernel: the others have nothing to run on. */
const kernels = ['linux-7.3', 'linux-6.18'] as const;

function vectors({ out, format, design }: VectorsFlags): void {
  const of = designs[oneOf('design', design, kernels)];
  const all = allVectors(of);
  const inside = pairsInside(of);
  if (out === undefined) {
    if (format === 'c') usageError("C files need a folder to go to: expected '--out DIR' beside '--format c'");
    process.stdout.write(`${JSON.stringify({ schemaVersion: vectorVersion, vectors: all, inside })}\n`);
    return;
  }
  const files = format === 'c' ? vectorCFiles(all) : vectorFiles(all);
  const written = writeAll(out, files);
  note(`${written} files in ${out}`);
  for (const { kind, forms } of inside)
    note(`${kind}: no vector starts from ${forms.join(', ')}: only inside a call, or never`);
}

/** `faultline vectors`: the vectors of a kernel, as JSON or as C files that need nothing else. */
export const vectorsCommand: Command = withExamples(
  new Command('vectors')
    .description('write the vectors of a design; without --out one JSON document on stdout')
    .option('--out <dir>', 'the folder of the files, all or none of them')
    .addOption(new Option('--format <format>', 'JSON, or self-contained C').choices(['json', 'c']).default('json'))
    .option('--design <design>', `one of ${kernels.join(', ')}`, 'linux-7.3')
    .action(vectors),
  [
    'faultline vectors --out vectors',
    'faultline vectors --format c --out c-vectors',
    'faultline vectors --design linux-6.18',
  ],
);
