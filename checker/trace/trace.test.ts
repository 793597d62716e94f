import { describe, expect, test } from 'vitest';
import { check } from '../check.ts';
import { groundProtocol, type Protocol } from '../language/index.ts';
import { brokenLock, channel, door, peterson, sleeperAndWaker } from '../testing/textbook.ts';
import type { Violated } from '../verdict.ts';
import { explain } from './explain.ts';
import { printViolation } from './print.ts';
import { replay } from './replay.ts';
import { toldSteps } from './tell.ts';

function violationOf(protocol: Protocol, property: string): Violated {
  const verdict = check(protocol).results.find((r) => r.property === property);
  if (verdict?.verdict !== 'violated') throw new Error(`${property} is ${verdict?.verdict}`);
  return verdict;
}

const numbersOf = ({ trace }: Violated): number[] => trace.steps.map((step) => step.stepNumber);
const command = (token: string): string => `check --replay ${token}`;

describe('a printed counterexample', () => {
  test('has the claim first, each step with what it changed, and the replay line last', () => {
    const ground = groundProtocol(brokenLock());
    const violation = violationOf(brokenLock(), 'mutex');
    const text = printViolation(violation, explain(ground, numbersOf(violation)), { replay: command });
    expect(text).toMatchInlineSnapshot(`
      "violated: mutex: both threads hold the lock
      model:    broken-lock, 4 steps, none shorter

        1  thread0 spin_lock()  sees that the lock is free
        2  thread1 spin_lock()  sees that the lock is free
        3  thread0 spin_lock()  takes it
             taken  false -> true
        4  thread1 spin_lock()  takes it

      replay:   check --replay 0.1.2.3"
    `);
  });

  test('shows events, ghosts and chosen values', () => {
    const violation = violationOf(channel({ duplicates: true }), 'once');
    const explanation = explain(groundProtocol(channel({ duplicates: true })), numbersOf(violation));
    expect(printViolation(violation, explanation, { replay: command, events: true })).toMatchInlineSnapshot(`
      "violated: once: a message arrives that was not sent
      model:    channel, 3 steps, none shorter

        1  sender  sends [tag 0]
             * sent (tag 0)
             slot          -1 -> 0
             once.open[0]  false -> true
        2  receiver  leaves a copy [tag 0]
             * arrived (tag 0)
             once.open[0]  true -> false
        3  receiver  takes the message [tag 0]
             * arrived (tag 0)
             slot  0 -> -1

      replay:   check --replay 0.4.2"
    `);
    expect(explanation.steps.at(-1)?.events).toEqual([{ name: 'arrived', payload: { tag: 0 } }]);
  });

  test('shows the parts of a value that changed, as the caller describes it', () => {
    const violation = violationOf(brokenLock(), 'mutex');
    const text = printViolation(violation, explain(groundProtocol(brokenLock()), numbersOf(violation)), {
      replay: command,
      points: true,
      describe: (slot, value) =>
        slot.variable.role === 'pc' ? { point: String(value), kind: 'pc' } : value ? 'yes' : 'no',
    });
    expect(text).toContain('thread0.at.point  seen -> critical');
    expect(text).toMatch(/taken +no -> yes/);
    expect(text).not.toContain('kind');
  });
});

test('a run that is told has who did what, what was chosen, and each change with what the variable is for', () => {
  const protocol = channel({ duplicates: true });
  const explanation = explain(groundProtocol(protocol), numbersOf(violationOf(protocol, 'once')));
  const [sends] = toldSteps(explanation);
  expect(sends).toEqual({
    actor: 'sender',
    says: 'sends',
    chosen: { tag: 0 },
    outcome: 'plain',
    changes: [
      { name: 'slot', role: 'plain', from: '-1', to: '0' },
      { name: 'once.open[0]', role: 'ghost', from: 'false', to: 'true' },
    ],
  });
});

describe('a replayed trace', () => {
  test.for([
    [brokenLock(), 'mutex'],
    [peterson({ yields: false }), 'mutex'],
    [sleeperAndWaker({ looksAgain: false }), 'no lost wake-up'],
    [channel({ duplicates: true }), 'once'],
    [door({ isGuarded: false }), 'impossible'],
  ] as const)('says the same as the search: %#', ([protocol, property]) => {
    const { claim, steps, trace } = violationOf(protocol, property);
    expect(replay(protocol, trace.token, property)).toMatchObject({ kind: 'violated', property, claim, steps, trace });
  });

  test('does not say that another property is violated', () => {
    const { trace } = violationOf(brokenLock(), 'mutex');
    expect(replay(brokenLock(), trace.token, 'impossible').kind).toBe('not-violated');
  });

  test.for([
    ['0.x!', '"0.x!" is no trace: expected step numbers such as 0.3.1c'],
    ['', '"" is no trace: expected step numbers such as 0.3.1c'],
    ['0.zz', 'place 2 of the trace: broken-lock has 6 steps, none has the number zz'],
    [
      '2',
      'broken-lock: step 2 (thread0 spin_lock/take) is not enabled there; enabled: 0 thread0 spin_lock/look, 1 thread1 spin_lock/look',
    ],
  ] as const)('that does not fit says why: %s', ([token, why]) => {
    expect(replay(brokenLock(), token, 'mutex')).toEqual({ kind: 'unfit', why });
  });

  test('of an unknown property says which there are', () => {
    expect(replay(brokenLock(), '-', 'LM')).toEqual({
      kind: 'unfit',
      why: 'broken-lock has no property LM; it has impossible, mutex',
    });
  });
});
