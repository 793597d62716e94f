import { expect, test } from 'vitest';
import { decisionValues, designs } from '../spec/index.ts';
import { sequentialWorld } from './sequential/world.ts';
import { kindsOf } from './sequential/session.ts';
import { small, watched, worlds } from './testing/worlds.ts';
import { buildWorld } from './world.ts';

test('every decision is asked by some branch or some program, so that flipping it can make a difference', () => {
  const read = new Set<string>();
  for (const { variant, design, name } of worlds(small)) {
    buildWorld({ ...variant.options, name, design: watched(design, read) }, [], variant.refused !== undefined);
  }
  for (const design of Object.values(designs)) {
    for (const kind of kindsOf(design)) sequentialWorld(watched(design, read), kind);
  }
  // What a page is moved *to* is not modelled (docs/limits.md); what a scan shows is asked by observe(), what a child
  // sees by childrenOf(), and what a call
  // leaves of the VMAs before the one that it fails at by the judge: a step is about one VMA.
  expect(Object.keys(decisionValues).filter((decision) => !read.has(decision))).toEqual([
    'writeprotectChecksFirst',
    'rwprotectChecksFirst',
    'scanAsksVma',
    'registerChecksFirst',
    'forkClearsChildMarks',
  ]);
});
