/**
 * The nodes of a graph from which nothing ever comes to rest: something goes round in circles for ever.
 *
 * @param nodes how many there are, numbered from 0
 * @param edges which follows which: before, after
 * @param resting the nodes in which nothing must happen
 */
export function circling(
  nodes: number,
  edges: readonly (readonly [number, number])[],
  resting: readonly number[],
): readonly number[] {
  if (resting.length === nodes) return [];
  const before = Array.from({ length: nodes }, (): number[] => []);
  for (const [from, to] of edges) before[to]?.push(from);
  const comesToRest = new Set(resting);
  for (const node of comesToRest) for (const from of before[node] ?? []) comesToRest.add(from);
  return before.map((_, node) => node).filter((node) => !comesToRest.has(node));
}
