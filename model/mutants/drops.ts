import {
  designs,
  isOn,
  machines,
  ruleId,
  type Branch,
  type DesignName,
  type MachineDescription,
} from '../../spec/index.ts';
import type { Mutant } from './mutant.ts';

/** A branch of a kernel function that does less than it should: a mutant that needs no file. */
export interface Drop {
  /** `drop:` and the branch, and the region where only that is left as it was: `drop:mrwprotect_range/arm:access`. */
  readonly id: string;
  readonly mutant: Mutant;
}

/** The branches of a design that change something, with the regions that they change. */
function actingBranches(name: DesignName): readonly { readonly rule: string; readonly regions: readonly string[] }[] {
  const { decisions } = designs[name];
  return Object.values(machines).flatMap((machine: MachineDescription) =>
    machine.functions.flatMap((of) =>
      of.branches.flatMap((branch) => {
        if (!isOn(branch, decisions) || branch.target === 'impossible') return [];
        const regions = Object.keys(branch.target);
        return regions.length > 0 ? [{ rule: ruleId(of, branch), regions }] : [];
      }),
    ),
  );
}

function drop(design: DesignName, rule: string, id: string, dropped: (region: string) => boolean): Drop {
  const less = (branch: Branch): Branch => {
    if (branch.target === 'impossible') return branch;
    return { ...branch, target: Object.fromEntries(Object.entries(branch.target).filter(([key]) => !dropped(key))) };
  };
  return { id, mutant: { design, rules: { [rule]: less } } };
}

/** Every branch of every kernel function of a design that does something, made to do nothing. */
export function dropsOf(design: DesignName): readonly Drop[] {
  return actingBranches(design).map(({ rule }) => drop(design, rule, `drop:${rule}`, () => true));
}

/** Those that change a mark beside something else, made to leave the mark alone: the uffd bit, or the access. */
export function halfDropsOf(design: DesignName): readonly Drop[] {
  return actingBranches(design).flatMap(({ rule, regions }) =>
    ['uffd', 'access']
      .filter((mark) => regions.includes(mark) && regions.length > 1)
      .map((mark) => drop(design, rule, `drop:${rule}:${mark}`, (region) => region === mark)),
  );
}
