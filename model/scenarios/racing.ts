import type { Access, Decisions, Design, PropertyId, Protection } from '../../spec/index.ts';
import type { EnvironmentActor, ManagerCall } from '../options.ts';
import type { Size, Variant } from './scenario.ts';

/** What one variant of a race is about. */
export interface Race {
  /** Set where the manager reads nothing, and unprotects when it likes. */
  readonly lazy?: boolean;
  /** A decision that is taken otherwise here. */
  readonly decisions?: Partial<Decisions>;
  /** Judge LW too: the page leaves its place. */
  readonly moves?: boolean;
  readonly protection: Protection;
  readonly async: boolean;
  readonly environment: readonly EnvironmentActor[];
  readonly calls?: readonly ManagerCall[];
}

/**
 * The accesses of the processors: for RWP the first reads and the others write, so that both kinds race with all else;
 * for WP all write, because reads are not tracked. One processor does both, and in a full run each does.
 */
export function accesses({ cpus, full = false }: Size, protection: Protection): readonly (readonly Access[])[] {
  const reads = (cpu: number): boolean => protection === 'rwp' && cpu === 0;
  return Array.from({ length: cpus }, (_, cpu): readonly Access[] =>
    full || cpus === 1 ? ['read', 'write'] : [reads(cpu) ? 'read' : 'write'],
  );
}

/** The properties that a mode and a protection let arise: in async mode nothing is reported, so nothing can be false. */
function arising({ protection, async, lazy, moves }: Race): readonly PropertyId[] {
  if (lazy) return ['SF'];
  return [
    ...(async ? (['LM'] as const) : (['FP', 'LM', 'SF'] as const)),
    ...(moves ? (['LW'] as const) : []),
    ...(protection === 'rwp' ? (['I1'] as const) : []),
  ];
}

/** One world: the manager protects and answers, the processors access, the environment does what it does. */
export function race(size: Size, of: Race): Variant {
  return {
    name: `${of.protection} ${of.async ? 'async' : 'sync'}${of.lazy ? ', unread' : ''}${of.decisions ? ', no sleep on an empty entry' : ''}`,
    ...(of.decisions && { decisions: of.decisions }),
    properties: arising(of),
    options: {
      pages: size.pages,
      cpus: accesses(size, of.protection),
      registered: { missing: false, protections: [of.protection] },
      uses: [of.protection],
      asyncAtStart: of.async,
      populatedAtStart: true,
      calls: new Set<ManagerCall>([
        'arm',
        ...(of.async ? (['scan'] as const) : []),
        ...(of.lazy ? (['resolve'] as const) : []),
        ...(of.calls ?? []),
      ]),
      environment: new Set(of.environment),
      manager: of.lazy ? 'lazy' : 'fair',
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

/**
 * The modes of a design; for the kernels, each sync one once more with a manager that reads nothing, and for the one
 * with RWP also with what would mend the wake-up that is lost there.
 */
export function modesAndUnread(design: Design): readonly Pick<Race, 'protection' | 'async' | 'lazy' | 'decisions'>[] {
  const kernel = design.name === 'linux-7.3' || design.name === 'linux-6.18';
  const mended = { lazy: true, decisions: { mustWaitOnEmpty: 'go-on' } } as const;
  return modes(design).flatMap((m) => {
    if (m.async || !kernel) return [m];
    return [m, { ...m, lazy: true }, ...(design.name === 'linux-7.3' ? [{ ...m, ...mended }] : [])];
  });
}
