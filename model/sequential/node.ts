import type { SystemState } from '../../checker/index.ts';
import type { ChildSeen } from './child.ts';
import type { Observation } from './outcome.ts';
import type { Content } from './world.ts';

/** A state between two operations. */
export interface Resting {
  readonly state: SystemState;
  readonly descriptor: boolean;
  readonly staging: boolean;
}

/** What has happened since the operation began; part of what makes two ways different. */
export interface Node {
  readonly state: SystemState;
  readonly happened: Happened;
  readonly parent: Node | undefined;
  readonly rule: string;
  readonly used: number;
}

/** What an operation has shown so far. */
export interface Happened {
  readonly access?: NonNullable<Observation['access']>;
  readonly saved?: Content;
  readonly scanned?: readonly string[];
  readonly moved?: boolean;
  readonly child?: ChildSeen;
}
