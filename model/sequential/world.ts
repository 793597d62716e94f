import { createSystem, type System } from '../../checker/index.ts';
import { groundProtocol, oneOf, type Domain } from '../../checker/language/index.ts';
import { accessCompletes, emptied, restored, writtenElsewhere, type Design } from '../../spec/index.ts';
import type { Kernel } from '../kernel.ts';
import type { EnvironmentActor, ManagerCall, WorldOptions } from '../options.ts';
import type { Changes } from '../verify.ts';
import { buildWorld } from '../world.ts';
import { sessions, type SessionKind } from './session.ts';

/** What a page's content is: nothing written yet, the last value written to it, or the manager's copy. */
export const contents = ['zero', 'newest', 'saved'] as const;
/** What a page's content is. */
export type Content = (typeof contents)[number];

const contentDomain: Domain<Content> = oneOf('content', ...contents);

function optionsOf(design: Design, kind: SessionKind): WorldOptions {
  const { backing, protection, async } = sessions[kind];
  const rwp = protection === 'rwp';
  const calls: ManagerCall[] = ['arm', 'resolve', 'register', 'unregister', 'close', 'discard', 'fill', 'wake'];
  calls.push('zeropage', 'poison');
  if (rwp && design.features.setMode) calls.push('set-mode');
  if (design.features.scan) calls.push('protecting-scan');
  if (backing === 'anon' && design.features.move) calls.push('evict', 'move');
  if (backing === 'anon') calls.push('guard', 'mmap');
  else calls.push('continue', 'punch', 'alias');
  const environment: EnvironmentActor[] = ['migration', 'mprotect'];
  // Huge pages are neither reclaimed nor mapped around a fault.
  if (backing !== 'hugetlb') environment.push('reclaim');
  if (backing === 'anon') environment.push('swapoff', 'mremap', 'fork');
  if (backing === 'shmem') environment.push('fault-around');
  return {
    name: `sequential ${kind}`,
    design,
    pages: 1,
    backing,
    cpus: [['read', 'write']],
    registered: { missing: false, protections: [] },
    uses: rwp && design.features.wp ? ['wp', 'rwp'] : [rwp ? 'rwp' : 'wp'],
    asyncAtStart: async,
    populatedAtStart: false,
    calls: new Set(calls),
    environment: new Set(environment),
    manager: 'conformance',
  };
}

/** The rules that a mutant has changed: branches of kernel functions, and steps. */
export type RulesChanged = Pick<Changes, 'machines' | 'steps'>;

/** The world of one page of a session, ready to be walked. */
export interface SequentialWorld {
  readonly kernel: Kernel;
  readonly system: System;
}

/** Builds the world of one page and the one thread that touches it, empty and unregistered, with a ghost for its content. */
export function sequentialWorld(design: Design, kind: SessionKind, rules: RulesChanged = {}): SequentialWorld {
  const { machines, steps } = rules;
  const changed = { ...(machines && { machines }), ...(steps && { changes: steps }) };
  const { kernel } = buildWorld({ ...optionsOf(design, kind), ...changed }, []);
  kernel.protocol.property('content', (m) => {
    const live = m.ghost('live', contentDomain, 'zero', kernel.pages);
    m.on(accessCompletes, ({ page, access }) => [
      live(page).becomes(kernel.orElse(access.is('write'), 'newest', live(page))),
    ]);
    m.on(emptied, ({ page }) => [live(page).becomes('zero')]);
    m.on(restored, ({ page }) => [live(page).becomes('saved')]);
    m.on(writtenElsewhere, ({ page }) => [live(page).becomes('newest')]);
  });
  const system = createSystem(groundProtocol(kernel.protocol.build()), { keep: ['content'], resets: true });
  return { kernel, system };
}
