import { designs, isOn, machines, ruleId, type Branch, type DesignName } from '../../spec/index.ts';
import type { MachineDescription } from '../../spec/index.ts';
import type { Mutant } from './mutant.ts';

/** A branch of a kernel function that does nothing where it should do something: a mutant that needs no file. */
export interface Drop {
  /** `drop:` and the branch: `drop:do_swap_page/back-to-no-access`. */
  readonly id: string;
  readonly mutant: Mutant;
}

/** Every branch of every kernel function of a design that does something, made to do nothing. */
export function dropsOf(name: DesignName): readonly Drop[] {
  const { decisions } = designs[name];
  return Object.values(machines).flatMap((machine: MachineDescription) =>
    machine.functions.flatMap((of) =>
      of.branches
        .filter(
          (branch) =>
            isOn(branch, decisions) && branch.target !== 'impossible' && Object.keys(branch.target).length > 0,
        )
        .map((branch): Drop => {
          const rule = ruleId(of, branch);
          const dropped = (before: Branch): Branch => ({ ...before, target: {} });
          return { id: `drop:${rule}`, mutant: { design: name, rules: { [rule]: dropped } } };
        }),
    ),
  );
}
