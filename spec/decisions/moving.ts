import { noOrYes, type Declared } from './declared.ts';

/** Memory that moves to another address: what is left of its marks. */
export interface MovingDecisions {
  /** mremap takes the marks away where the manager does not hear of it. */
  readonly mremapClearsMarks: boolean;
  /** And then gives an armed page its access back. */
  readonly mremapRestoresAccess: boolean;
}

/** Their values, and the kernel functions that take them. */
export const movingDecisions: Declared<MovingDecisions> = {
  mremapClearsMarks: { values: noOrYes, path: 'mm/mremap.c', name: 'move_ptes' },
  mremapRestoresAccess: { values: noOrYes, path: 'mm/mremap.c', name: 'move_ptes' },
};
