import type { Design, PropertyId } from '../../spec/index.ts';
import type { ManagerCall } from '../options.ts';
import { modes, modesAndUnread, race } from './racing.ts';
import { scenarioNames, type Scenario, type ScenarioName, type Size, type Variant } from './scenario.ts';
import { evictLoop } from './evict-loop.ts';

export * from './scenario.ts';

const racing: Size = { pages: 1, cpus: 2 };
const noRwp = 'the design has no RWP';

/** What mprotect does with bare entries was never said: both answers are run. */
function mprotectVariants(design: Design, variants: readonly Variant[]): readonly Variant[] {
  if (design.decisions.rwpSetsBit) return variants;
  return variants.flatMap((v) => [
    { ...v, name: `${v.name}, mprotect gives access back`, decisions: { mprotectKeepsNoAccess: 'never' } as const },
    { ...v, name: `${v.name}, mprotect keeps access away`, decisions: { mprotectKeepsNoAccess: 'always' } as const },
  ]);
}

const only = (design: Design, protection: 'wp' | 'rwp'): ReturnType<typeof modes> =>
  modes(design).filter((m) => m.protection === protection);

function wpPlusRwp(design: Design, size: Size): readonly Variant[] | string {
  if (!design.features.rwp) return noRwp;
  if (!design.features.wp) return 'the design has no WP beside RWP';
  const base = race(size, { protection: 'rwp', async: false, environment: [] });
  const options = { ...base.options, uses: ['wp', 'rwp'] as const };
  if (design.decisions.wpWithRwp === 'refused') {
    const registering = {
      ...options,
      registered: { missing: false, protections: [] },
      calls: new Set<ManagerCall>(['register']),
    };
    return [{ name: 'both', properties: [], refused: base.properties, options: registering }];
  }
  return [
    { ...base, name: 'both', options: { ...options, registered: { missing: false, protections: ['wp', 'rwp'] } } },
  ];
}

function everything(design: Design, size: Size): readonly Variant[] {
  const { features } = design;
  const protection = features.rwp ? 'rwp' : 'wp';
  const base = race(size, { protection, async: false, environment: ['reclaim', 'migration', 'mprotect', 'numa'] });
  const calls: ManagerCall[] = ['arm', 'resolve', 'scan', 'discard', 'unregister', 'close', 'register', 'wake'];
  if (features.setMode) calls.push('set-mode');
  const options = { ...base.options, calls: new Set(calls) };
  // The ghosts of two properties multiply: all together are five times as many states as each by itself.
  const groups: readonly (readonly PropertyId[])[] = [
    ['SF', ...(protection === 'rwp' ? (['I1'] as const) : [])],
    ['AR'],
    ...(features.setMode ? [['MS'] as const] : []),
    ['FP'],
    ['LM'],
  ];
  return groups.map((judged) => ({
    ...base,
    name: `${protection}: ${judged.join(', ')}`,
    properties: judged,
    options,
  }));
}

const list: readonly Scenario[] = [
  {
    name: 'reclaim-vs-fault',
    says: 'a page is swapped out and back while it is armed, touched and unprotected',
    program: 'most general',
    size: racing,
    reviewed: true,
    variants: (design, size) =>
      modesAndUnread(design).map((m) => race(size, { ...m, moves: true, environment: ['reclaim'] })),
  },
  {
    name: 'mprotect-vs-rwp',
    says: 'the VMA loses its access and gets it back while pages are armed',
    program: 'most general',
    size: racing,
    reviewed: true,
    variants: (design, size) =>
      design.features.rwp
        ? mprotectVariants(
            design,
            only(design, 'rwp').map((m) => race(size, { ...m, environment: ['mprotect'] })),
          )
        : noRwp,
  },
  {
    name: 'mprotect-vs-wp',
    says: 'the VMA loses its access and gets it back while pages are write-protected',
    program: 'most general',
    size: racing,
    reviewed: true,
    variants: (design, size) => {
      if (!design.features.wp) return 'the design has no WP';
      return only(design, 'wp').map((m) => race(size, { ...m, environment: ['mprotect'] }));
    },
  },
  {
    name: 'wp-plus-rwp',
    says: 'one VMA is protected against writes and against any access at once',
    program: 'most general',
    size: racing,
    reviewed: true,
    variants: wpPlusRwp,
  },
  {
    name: 'migrate-vs-fault',
    says: 'a page is moved while it is armed, touched, scanned and unprotected',
    program: 'most general',
    size: racing,
    reviewed: true,
    variants: (design, size) =>
      modesAndUnread(design).map((m) =>
        race(size, {
          ...m,
          moves: true,
          environment: ['migration'],
          calls: m.protection === 'wp' && m.async ? ['protecting-scan'] : [],
        }),
      ),
  },
  {
    name: 'numa-vs-rwp',
    says: 'the NUMA scan takes the access of entries, as RWP does',
    program: 'most general',
    size: racing,
    reviewed: true,
    variants: (design, size) =>
      design.features.rwp ? only(design, 'rwp').map((m) => race(size, { ...m, environment: ['numa'] })) : noRwp,
  },
  {
    name: 'set-mode-vs-fault',
    says: 'the context switches between sync and async while faults are on their way',
    program: 'most general',
    size: racing,
    reviewed: true,
    variants: (design, size) => {
      if (!design.features.setMode || !design.features.rwp) return 'the design has no mode switch';
      const base = race(size, { protection: 'rwp', async: false, environment: [], calls: ['set-mode', 'scan'] });
      const unread = race(size, { protection: 'rwp', async: false, lazy: true, environment: [], calls: ['set-mode'] });
      return [
        { ...base, name: 'rwp', properties: ['FP', 'LM', 'SF', 'I1', 'MS'] },
        { ...unread, name: 'rwp, unread', properties: ['SF', 'MS'] },
      ];
    },
  },
  evictLoop,
  {
    name: 'unregister-vs-fault',
    says: 'the registration ends, or the descriptor is closed, while faults are on their way',
    program: 'most general',
    size: racing,
    reviewed: true,
    variants: (design, size) =>
      modes(design)
        .filter((m) => !m.async)
        .flatMap((m) =>
          (['unregister', 'close'] as const).map((end) => {
            const calls: ManagerCall[] = end === 'close' ? ['close'] : ['unregister', 'register'];
            const base = race(size, { ...m, environment: [], calls });
            return {
              ...base,
              name: `${base.name}, ${end}`,
              properties: ['FP', 'LM', 'SF', 'AR', ...(m.protection === 'rwp' ? (['I1'] as const) : [])],
            };
          }),
        ),
  },
  {
    name: 'discard-vs-fault',
    says: 'the content of a page is thrown away while it is armed, touched and unprotected',
    program: 'most general',
    size: racing,
    reviewed: true,
    variants: (design, size) =>
      modes(design).map((m) => race(size, { ...m, moves: true, environment: [], calls: ['discard'] })),
  },
  {
    name: 'swapoff-vs-fault',
    says: 'a swapped page is brought back, without a fault, while it is armed, touched and unprotected',
    program: 'most general',
    size: { pages: 1, cpus: 1 },
    reviewed: true,
    variants: (design, size) => modes(design).map((m) => race(size, { ...m, environment: ['reclaim', 'swapoff'] })),
  },
  {
    name: 'everything',
    says: 'all actors and all calls together, a property or two at a time: minutes and gigabytes',
    program: 'most general',
    size: { pages: 1, cpus: 1 },
    reviewed: false,
    variants: everything,
  },
];

/** All scenarios by name. */
export const scenarios = Object.fromEntries(list.map((s) => [s.name, s])) as { readonly [N in ScenarioName]: Scenario };

/** True for the name of a scenario. */
export function isScenarioName(name: string): name is ScenarioName {
  return (scenarioNames as readonly string[]).includes(name);
}
