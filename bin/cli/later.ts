import { Command, Option } from 'commander';
import { usageError } from './usage.ts';

/** A command that is planned: hidden from `--help`, and refused in one line however it is called. */
export function laterCommand(name: string): Command {
  return new Command(name)
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .action(() => usageError(`'${name}' is not in this release`));
}

/** Give a command an option that is planned: hidden from `--help`, and refused in one line. */
export function laterOption(command: Command, name: string): void {
  command.addOption(new Option(`--${name} [value]`).hideHelp());
  command.on(`option:${name}`, () => usageError(`'--${name}' is not in this release`));
}
