import { existsSync } from 'node:fs';
import { alwaysJudged, namedMutants, scenarios, type Job, type ScenarioName } from '../../model/index.ts';
import { designNames, propertyIds } from '../../spec/index.ts';
import { oneOf, usageError } from './usage.ts';

/** The flags of `check`, as commander gives them. */
export interface CheckFlags {
  readonly design: string;
  readonly mutant?: string;
  readonly property?: string;
  readonly pages?: number;
  readonly cpus?: number;
  readonly full?: boolean;
  readonly maxStates?: number;
  readonly maxMemory?: number;
  readonly maxSeconds?: number;
  readonly traces: number;
  readonly replay?: string;
  readonly json?: boolean;
}

/** The job that the flags describe; anything unknown is a usage error. */
export function jobOf(scenario: ScenarioName, flags: CheckFlags): Job {
  const design = oneOf('design', flags.design, designNames);
  const { mutant, property, pages, cpus, full, maxStates, maxMemory, maxSeconds } = flags;
  if (property !== undefined && !([...alwaysJudged, 'refusal'] as readonly string[]).includes(property)) {
    oneOf('property', property, propertyIds);
  }
  if (mutant !== undefined && !existsSync(mutant) && !/\.[cm]?ts$/.test(mutant)) {
    oneOf(
      'mutant',
      mutant,
      namedMutants(design).map((m) => m.id),
    );
  }
  const normal = scenarios[scenario].size;
  const size = { pages: pages ?? normal.pages, cpus: cpus ?? normal.cpus, ...(full && { full }) };
  if (size.pages > 4 || size.cpus > 4)
    usageError(`4 pages and 4 processors at most, got ${size.pages} and ${size.cpus}`);
  return {
    scenario,
    design,
    size,
    ...(mutant !== undefined && { mutant, compare: true }),
    ...(property !== undefined && { properties: [property] }),
    ...(maxStates !== undefined && { maxStates }),
    ...(maxMemory !== undefined && { maxMemory }),
    ...(maxSeconds !== undefined && { maxSeconds }),
  };
}
