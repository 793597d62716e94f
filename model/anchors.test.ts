import { describe, expect, test } from 'vitest';
import type { Anchor } from '../checker/language/index.ts';
import { designs } from '../spec/index.ts';
import { faultOf, kernelTree, transcriptions, whySkipped } from '../spec/testing/kernel-tree.ts';
import { sequentialWorld } from './sequential/world.ts';
import { protocolOf, small, worlds } from './testing/worlds.ts';

const found = transcriptions(import.meta.dirname);
const sequential = (['wp-sync', 'rwp-sync'] as const).map((kind) => sequentialWorld(designs['linux-7.3'], kind));
const steps = [
  ...worlds(small).map((world) => protocolOf(world)),
  ...sequential.map(({ kernel }) => kernel.protocol.build()),
].flatMap((protocol) => protocol.steps);

/** Every anchor of every step of every world, once, with one rule that has it. */
const anchors = [
  ...new Map(
    steps.flatMap(({ does, rule }): [string, { does: Anchor; rule: string }][] =>
      does ? [[`${does.path} ${does.name}`, { does, rule }]] : [],
    ),
  ).values(),
];

test.for(found.map(({ file, name, anchor }) => [name, file, anchor] as const))(
  '%s of %s carries the anchor of the kernel function of that name',
  ([name, , anchor]) => {
    expect(anchor?.name).toBe(name);
  },
);

test('a step without an anchor is user space or hardware', () => {
  const bare = steps.filter(({ does }) => does === undefined).map(({ rule }) => rule.replace(/\/.*/u, ''));
  expect([...new Set(bare)].toSorted()).toEqual(['do_mprotect_pkey', 'hardware', 'manager', 'user']);
});

describe(`in the kernel source${whySkipped}`, () => {
  test.skipIf(kernelTree === '').for(anchors.map(({ does, rule }) => [rule, does] as const))(
    'the function that %s transcribes is where its anchor says',
    ([, anchor]) => {
      expect(faultOf(anchor)).toBeUndefined();
    },
  );

  test.skipIf(kernelTree === '').for(found.map(({ name, anchor }) => [name, anchor] as const))(
    'the comment of %s names the right file',
    ([, anchor]) => {
      expect(faultOf(anchor ?? { path: '', name: '' })).toBeUndefined();
    },
  );

  test.skipIf(kernelTree === '')('the wrong file for the function of a step is found out', () => {
    const moved = anchors.map(({ does }) => ({ ...does, path: 'mm/memfd.c' }));
    expect(moved.map(faultOf)).not.toContain(undefined);
    expect(anchors.length).toBeGreaterThan(30);
  });
});
