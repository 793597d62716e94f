import type { MonitorBuilder } from '../../checker/language/index.ts';
import type { World } from '../world.ts';

/** A promise, as a monitor of the events of any scenario. */
export interface Property {
  /** The stable id of the catalogue. */
  readonly id: PropertyId;
  /** One line for tables. */
  readonly title: string;
  /** The sentence that must hold. */
  readonly says: string;
  /** Adds ghosts, claims and witnesses. */
  readonly describe: (monitor: MonitorBuilder, world: World) => void;
}

/** The ids of the properties, in the order of the catalogue. */
export const propertyIds = ['FP', 'LM', 'SF', 'LW', 'I1', 'AR', 'MS'] as const;
/** The id of a property. */
export type PropertyId = (typeof propertyIds)[number];
