import { expect, test } from 'vitest';
import { circling } from './circles.ts';

test('what comes to rest in the end does not go round in circles, also if it may take a circle first', () => {
  expect(
    circling(
      3,
      [
        [0, 1],
        [1, 0],
        [1, 2],
      ],
      [2],
    ),
  ).toEqual([]);
});

test('what can only go round is circling, and so is what leads nowhere else', () => {
  const edges: [number, number][] = [
    [0, 1],
    [0, 2],
    [1, 3],
    [3, 4],
    [4, 3],
  ];
  expect(circling(5, edges, [2])).toEqual([1, 3, 4]);
  expect(circling(5, [...edges, [4, 2]], [2])).toEqual([]);
});
