import type { Access, Design, PropertyId, Protection } from '../../spec/index.ts';
import type { EnvironmentActor, ManagerCall } from '../options.ts';
import type { Size, Variant } from './scenario.ts';

/** What one variant of a race is about. */
export interface Race {
  readonly protection: Protection;
  readonly async: boolean;
  readonly environment: readonly EnvironmentActor[];
  readonly calls?: readonly ManagerCall[];
}

/**
 * The accesses of the processors: for RWP the first reads and the others write, so that both kinds race with all else;
 * for WP all write, because reads are not tracked. One processor does both.
 */
export function accesses(cpus: number, protection: Protection): readonly (readonly Access[])[] {
  if (cpus === 1) return [['read', 'write']];
  return Array.from({ length: cpus }, (_, c): readonly Access[] =>
    protection === 'rwp' && c === 0 ? ['read'] : ['write'],
  );
}

/** The properties that a mode and a protection let arise: in async mode nothing is reported, so nothing can be false. */
function arising({ protection, async }: Race): readonly PropertyId[] {
  return [
    ...(async ? (['LM'] as const) : (['FP', 'LM', 'SF'] as const)),
    ...(protection === 'rwp' ? (['I1'] as const) : []),
  ];
}

/** One world: the manager protects and answers, the processors access, the environment does what it does. */
export function race(size: Size, of: Race): Variant {
  return {
    name: `${of.protection} ${of.async ? 'async' : 'sync'}`,
    properties: arising(of),
    options: {
      pages: size.pages,
      cpus: accesses(size.cpus, of.protection),
      registered: { missing: false, protections: [of.protection] },
      uses: [of.protection],
      asyncAtStart: of.async,
      populatedAtStart: true,
      calls: new Set<ManagerCall>(['arm', ...(of.async ? (['scan'] as const) : []), ...(of.calls ?? [])]),
      environment: new Set(of.environment),
      manager: 'fair',
    },
  };
}

/** The protections and modes that a design offers. */
export function modes({ features }: Design): readonly Pick<Race, 'protection' | 'async'>[] {
  return [
    ...(features.rwp ? [{ protection: 'rwp', async: false } as const] : []),
    ...(features.rwpAsync ? [{ protection: 'rwp', async: true } as const] : []),
    ...(features.wp ? [{ protection: 'wp', async: false } as const] : []),
    ...(features.wpAsync ? [{ protection: 'wp', async: true } as const] : []),
  ];
}
