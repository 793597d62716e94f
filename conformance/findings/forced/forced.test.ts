import { describe, expect, test } from 'vitest';
import { scenarios } from '../../../model/index.ts';
import { designs } from '../../../spec/index.ts';
import { debugKernel, force, type Forced } from './force.ts';
import { controls, lostWakeUps, type Schedule } from './schedules.ts';

const kernel = debugKernel();
const skip = typeof kernel === 'string';
const because = skip ? ` [skipped: ${kernel}]` : '';

/** Three boots, and an index of the symbols to be made. */
const timeout = 300_000;

/** What is seen of a schedule; printed too, since who sets FAULTLINE_VMLINUX wants to see it. */
async function seen(schedule: Schedule): Promise<Forced> {
  const forced = await force(skip ? '' : kernel.path, schedule);
  const stops = forced.stops.map(({ stop, entry }) => `  ${entry.padStart(18)}  ${stop}`);
  const { look, mode, mover } = schedule;
  process.stdout.write([`${look} ${mode} ${mover}`, ...stops, `  ${JSON.stringify(forced.outcome)}`, ''].join('\n'));
  return forced;
}

/** The entry at the last stop: what the thread has looked at. */
const lookedAt = ({ stops }: Forced): bigint => BigInt(stops.at(-1)?.entry ?? -1);

const present = (entry: bigint): boolean => (entry & 1n) === 1n;
const writable = (entry: bigint): boolean => (entry & 2n) === 2n;

describe('what the checker finds where nobody has read the message', () => {
  test.each(lostWakeUps)('$scenario ($variant) is a world of linux-7.3', ({ scenario, variant }) => {
    const { variants, size } = scenarios[scenario];
    const all = variants(designs['linux-7.3'], size);
    expect(typeof all === 'string' ? [] : all.map(({ name }) => name)).toContain(variant);
  });

  test.skipIf(skip).each(lostWakeUps)(
    `$mode, $mover, looks $look: Linux sleeps on a page that is unprotected and woken for${because}`,
    async (schedule) => {
      const forced = await seen(schedule);
      const entry = lookedAt(forced);
      expect(schedule.look === 'around' ? present(entry) && !writable(entry) : entry === 0n).toBe(true);
      expect(forced.outcome).toEqual({
        mover: 0,
        page: schedule.mover === 'reclaim' ? 'swap' : 'present',
        after3s: 'asleep',
        otherThread: 'done',
        pageThen: 'present',
        toucherThen: 'asleep',
        pollin: true,
        read: 32,
        sameAddress: true,
        flags: schedule.mode === 'rwp' ? 8 : 3,
        afterRead: 'asleep',
        afterWake: 'done',
      });
    },
    timeout,
  );
});

describe('the same with one thing changed', () => {
  test.skipIf(skip).each(controls)(
    `$mode, $mover, looks $look: the thread goes on${because}`,
    async (schedule) => {
      const forced = await seen(schedule);
      expect(lookedAt(forced)).not.toBe(0n);
      expect(forced.outcome).toMatchObject({ mover: 0, after3s: 'done', otherThread: 'done', pollin: false, read: -1 });
    },
    timeout,
  );
});
