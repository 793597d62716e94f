import { expect, test } from 'vitest';
import type { Protocol } from '../../checker/language/index.ts';
import { designs } from '../../spec/index.ts';
import { offersSession, sequentialWorld, sessionKinds } from '../sequential-world.ts';
import { protocolOf, worlds } from '../testing/worlds.ts';
import { stepRules } from './step-rules.ts';

/** Every rule that a protocol declares, those switched off included. */
const rulesOf = (protocol: Protocol): readonly string[] => [
  ...protocol.steps.map(({ rule }) => rule),
  ...protocol.off.keys(),
];

test('the list of steps is what the programs declare: every world of every design, and the sequential ones', () => {
  const protocols = [
    ...[1, 2].flatMap((size) => worlds({ pages: size, cpus: size }).map(protocolOf)),
    ...sessionKinds
      .filter((kind) => offersSession(designs['linux-7.3'], kind))
      .map((kind) => sequentialWorld(designs['linux-7.3'], kind).kernel.protocol.build()),
  ];
  const declared = new Set(protocols.flatMap(rulesOf));
  expect([...declared].filter((rule) => !(stepRules as readonly string[]).includes(rule))).toEqual([]);
  expect(stepRules.filter((rule) => !declared.has(rule))).toEqual([]);
});

test('the list is sorted, and names nothing twice', () => {
  expect([...new Set(stepRules)].toSorted()).toEqual([...stepRules]);
});
