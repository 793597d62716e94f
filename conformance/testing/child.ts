import type { ChildSeen } from '../../model/sequential/child.ts';
import type { Content } from '../../model/sequential/world.ts';

/** What a child of the runner writes; no other operation does. */
export const childWrites = 0xc41d;

/** What the runner reports of one page of a child that saw this. */
export function childReport({ access, ...entry }: ChildSeen, valueOf: (content: Content) => number): object {
  const { present, swap, uffd, marker } = entry;
  if (access.kind === 'signal') return { present, swap, uffd, marker, signal: access.signal };
  return {
    present,
    swap,
    uffd,
    marker,
    value: access.kind === 'write' ? childWrites : valueOf(access.content),
  };
}

interface Children {
  readonly children: readonly object[];
}

const isChildren = (out: unknown): out is Children => typeof out === 'object' && out !== null && 'children' in out;

/** The output fields of one page beside those of another: lists are put together, else the last one counts. */
export function mergedOut(left: unknown, right: unknown): unknown {
  if (Array.isArray(left) && Array.isArray(right)) return [...(left as unknown[]), ...(right as unknown[])];
  if (isChildren(left) && isChildren(right)) return { children: [...left.children, ...right.children] };
  return right;
}
