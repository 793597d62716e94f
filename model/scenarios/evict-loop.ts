import type { Design } from '../../spec/index.ts';
import type { ManagerCall, WorldOptions } from '../options.ts';
import { race } from './racing.ts';
import type { Scenario, Size, Variant } from './scenario.ts';

const ways: readonly {
  readonly name: string;
  readonly eviction: NonNullable<WorldOptions['eviction']>;
  readonly order: NonNullable<WorldOptions['order']>;
}[] = [
  { name: 'alias, scan before sync', eviction: 'alias', order: 'scan-then-sync' },
  { name: 'alias, sync before scan', eviction: 'alias', order: 'sync-then-scan' },
  { name: 'move, scan before sync', eviction: 'move', order: 'scan-then-sync' },
  { name: 'move, sync before scan', eviction: 'move', order: 'sync-then-scan' },
  { name: 'naive read', eviction: 'naive', order: 'sync-then-scan' },
];

function variants(design: Design, size: Size): readonly Variant[] | string {
  const { rwp, setMode, scan, move } = design.features;
  if (!rwp || !setMode || !scan) return 'the design cannot tell cold pages by RWP';
  const base = race(size, { protection: 'rwp', async: true, environment: [], calls: ['set-mode'] });
  const calls = new Set<ManagerCall>(['arm', 'set-mode', 'scan', 'evict', 'fill']);
  return ways
    .filter((way) => move || way.eviction !== 'move')
    .map((way) => ({
      name: way.name,
      properties: way.eviction === 'naive' ? ['SF'] : ['LW', 'SF'],
      options: {
        ...base.options,
        registered: { missing: true, protections: ['rwp'] },
        calls,
        manager: 'script',
        eviction: way.eviction,
        order: way.order,
      },
    }));
}

/** The loop that RWP was made for: arm, look for cold pages, evict them, fetch them back when they are touched. */
export const evictLoop: Scenario = {
  name: 'evict-loop',
  says: 'a cold page is saved and dropped while somebody writes to it',
  program: 'script',
  size: { pages: 1, cpus: 2 },
  reviewed: true,
  variants,
};
