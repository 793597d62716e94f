import { Command } from 'commander';
import { fetchableNames, fetchKernel } from '../conformance/kernels/fetch.ts';
import { listKernels } from '../conformance/kernels/list.ts';
import { exitWith } from './cli/exit.ts';
import { note, printJson, progress } from './cli/output.ts';
import { withExamples } from './cli/program.ts';
import { oneOf } from './cli/usage.ts';

interface KernelFlags {
  readonly json?: boolean;
}

function list({ json }: KernelFlags): void {
  const kernels = listKernels();
  if (json) return printJson({ schemaVersion: 1, kernels });
  const width = Math.max(...kernels.map(({ name }) => name.length));
  for (const { name, state, version, path } of kernels) {
    const more = [state, version, path].filter((word) => word !== undefined && word !== name).join('  ');
    process.stdout.write(`${name.padEnd(width)}  ${more}\n`);
  }
}

async function fetch(name: string, { json }: KernelFlags): Promise<void> {
  const image = await fetchKernel(oneOf('kernel', name, fetchableNames), { onProgress: progress });
  if (image.kind === 'failed') {
    note(`faultline: kernel ${name} was not fetched: ${image.reason}`);
    return exitWith(['incomplete']);
  }
  if (json) printJson({ schemaVersion: 1, name: image.name, path: image.path });
  else process.stdout.write(`${image.name}  ${image.path}\n`);
}

/** `faultline kernel`: which kernels there are, and getting one. */
export const kernelCommand: Command = withExamples(
  new Command('kernel')
    .description('list the kernels that vectors can run on, or fetch one')
    .addCommand(
      withExamples(
        new Command('list')
          .description('the running kernel, images in the cache, and what can be fetched')
          .option('--json', 'one JSON object on stdout')
          .action(list),
        ['faultline kernel list'],
      ),
    )
    .addCommand(
      withExamples(
        new Command('fetch')
          .description('fetch the image of a kernel into the cache; nothing is installed')
          .argument('<name>', `one of ${fetchableNames.join(', ')}`)
          .option('--json', 'one JSON object on stdout')
          .action(fetch),
        ['faultline kernel fetch 7.3'],
      ),
    ),
  ['faultline kernel list', 'faultline kernel fetch 7.3'],
);
