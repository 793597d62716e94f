/** Something that this machine cannot do, with the reason: never a pass. */
export interface Skipped {
  readonly kind: 'skipped';
  /** One line, without a full stop. */
  readonly reason: string;
}

/** Name the reason why something cannot be done here. */
export function skipped(reason: string): Skipped {
  return { kind: 'skipped', reason };
}
