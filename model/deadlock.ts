import { exists, not, or, type Local, type ProcessBuilder, type Term } from '../checker/language/index.ts';
import type { Kernel } from './kernel.ts';

/** Where a program may stay for good, beside its first point: a thread asleep, and a manager that waits for itself. */
const rests = { cpu: ['asleep'], manager: ['stuck'] } as Readonly<Record<string, readonly string[]>>;

/** True where an instance is in the middle of something. */
function midway({ pc, index, points, name }: ProcessBuilder<string>): Term<boolean> {
  const resting = [points[0] as string, ...(rests[name] ?? [])];
  const away = (at: Pick<Local<string>, 'is'>): Term<boolean> => not(or(...resting.map((p) => at.is(p))));
  return index ? exists(index, (i) => away(pc.of(i))) : away(pc);
}

/**
 * No deadlock: when nothing is left to do, nobody is in the middle of a call or a fault. A thread that sleeps until it
 * is woken is not in the middle: it is SF that judges it.
 */
export function noDeadlock({ protocol }: Kernel): void {
  const { processes } = protocol;
  protocol.property('deadlock', (m) => {
    for (const process of processes) {
      m.neverQuiescent(`${process.name} waits in the kernel for what nobody will give`, midway(process));
    }
  });
}
