import { and, choose } from '../../checker/language/index.ts';
import type { Anchor, Term } from '../../checker/language/index.ts';
import { anchor, type Kernel } from '../kernel.ts';
import type { Manager, ManagerPoint } from './manager.ts';

/** A walk over the sleepers, one at a time. */
export interface Wake {
  readonly rule: string;
  readonly at: ManagerPoint;
  readonly to: ManagerPoint;
  /** Whether a sleeper is meant; left out: all are. */
  readonly covers?: (cpu: Term<number>) => Term<boolean>;
  /** When anybody is woken at all. */
  readonly when?: Term<boolean>;
  readonly off?: string | false;
}

/** Adds the steps that wake sleepers in turn. */
export function wakeSleepers(k: Kernel, m: Manager, wake: Wake): void {
  const does: Anchor = anchor('mm/userfaultfd.c', 'userfaultfd_wake_function');
  const count = k.cpus.values.length;
  for (const c of k.cpus.values) {
    const cpu = k.cpuTerm(c);
    const isLast = c === count - 1;
    const rule = `${wake.rule}/wake${isLast ? '-last' : ''}`;
    m.process.step(
      rule,
      {
        does,
        says: `the thread of processor ${c} is woken if it waits`,
        at: wake.at,
        to: isLast ? wake.to : wake.at,
        off: wake.off ?? false,
      },
      () => {
        const waiter = k.waiter(cpu);
        const woken = k.waiters.next(waiter, 'userfaultfd_wake_function');
        const meant = and(wake.when ?? true, wake.covers?.(cpu) ?? true);
        const gone = and(meant, k.waiters.is(waiter, { task: ['about-to-sleep', 'asleep'] }));
        return {
          when: [m.woken.is(c)],
          then: [
            waiter.becomes(choose(meant, woken, waiter)),
            ...k.pending.removeIf(gone, cpu),
            m.woken.becomes(isLast ? 0 : c + 1),
          ],
        };
      },
    );
  }
}
