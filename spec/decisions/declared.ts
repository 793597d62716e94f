/** What is known of a decision beside its meaning: the values that it can take, and the kernel function that takes it. */
export interface Declaration<Value> {
  readonly values: readonly Value[];
  /** Relative to the root of the kernel tree. */
  readonly path: string;
  readonly name: string;
}

/** A declaration for each decision of a group. */
export type Declared<Group> = { readonly [D in keyof Group]: Declaration<Group[D]> };

/** The values of most decisions. */
export const noOrYes: readonly boolean[] = [false, true];
