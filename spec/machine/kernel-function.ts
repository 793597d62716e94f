import type { Anchor } from '../../checker/language/index.ts';
import type { Decisions } from '../decisions/index.ts';
import type { Backing } from '../entry/backings.ts';

/** The finite values that a branch may ask of a call: its payload. */
export type PayloadShape = Readonly<Record<string, readonly string[]>>;

/** A condition: every key named has one of the values given. Keys are regions of the machine or names of the payload. */
export type Condition = Readonly<Record<string, string | readonly string[]>>;

/** A decision that a branch depends on: the branch exists only where the design's value is one of those given. */
export type Given = {
  readonly [D in keyof Decisions]?: Decisions[D] | readonly Decisions[D][];
};

/** One branch of a kernel function: a rule. The first branch whose condition holds is taken. */
export interface Branch {
  /** The rule's id is `function/name`. */
  readonly name: string;
  /** One sentence of our own: what happens, and why. */
  readonly because: string;
  /** When the branch is taken; left out: always. */
  readonly when?: Condition;
  /** The decisions that switch it on. */
  readonly given?: Given;
  /** The regions that change, with their new values; empty: nothing changes. `impossible`: no call may find this. */
  readonly target: Readonly<Record<string, string>> | 'impossible';
}

/** A kernel function as an event of a machine: the only place where that transition is written. */
export interface KernelFunction {
  /** The kernel's name. */
  readonly name: string;
  readonly anchor: Anchor;
  readonly payload: PayloadShape;
  readonly branches: readonly Branch[];
  /** The kinds of memory that it can meet; left out: all. */
  readonly only?: readonly Backing[];
}

/** A kernel function whose name and branch names are literal types, so that rule ids are. */
export interface NamedFunction<Name extends string, BranchName extends string> extends KernelFunction {
  readonly name: Name;
  /** Phantom: carries the names of the branches. */
  readonly branchNames?: BranchName;
}

/** The rule ids of a kernel function: `function/branch`. */
export type RuleOf<F> = F extends NamedFunction<infer Name, infer BranchName> ? `${Name}/${BranchName}` : never;

/** Declares a kernel function; `path` is relative to the root of the kernel tree, `only` the memory that it can meet. */
export function kernelFunction<const Name extends string, const BranchName extends string>(
  name: Name,
  path: string,
  payload: PayloadShape,
  branches: readonly (Branch & { readonly name: BranchName })[],
  only?: readonly Backing[],
): NamedFunction<Name, BranchName> {
  return { name, anchor: { path, name }, payload, branches, ...(only && { only }) };
}

/** True when the decisions let the branch exist. */
export function isOn(branch: Branch, decisions: Decisions): boolean {
  return Object.entries(branch.given ?? {}).every(([name, wanted]) => {
    const value = decisions[name as keyof Decisions];
    return Array.isArray(wanted) ? (wanted as readonly unknown[]).includes(value) : wanted === value;
  });
}

/** The stable id of a branch. */
export function ruleId(of: KernelFunction, branch: Branch): string {
  return `${of.name}/${branch.name}`;
}
