import type { ChildSeen } from '../../model/sequential/child.ts';
import type { Content } from '../../model/sequential/world.ts';
import type { StepSeen } from '../kernels/report.ts';

/** What a child of a fork reported of one page, in the words of the model. */
export interface ChildStep {
  readonly entry: readonly string[];
  readonly access: string | readonly Content[];
}

interface Reported {
  readonly present: boolean;
  readonly swap: boolean;
  readonly uffd: boolean;
  readonly marker: boolean;
  readonly value?: number;
  readonly signal?: string;
}

const bits = ['present', 'swap', 'uffd', 'marker'] as const;

/** What the child of a `fork r` or `fork w` reported of a page; undefined where it reported nothing. */
export function childStep(
  step: StepSeen,
  page: number,
  write: boolean,
  contents: (value: number | undefined) => readonly Content[],
): ChildStep | undefined {
  const children = (step.out as { children?: readonly Reported[] } | undefined)?.children;
  const seen = children?.[page];
  if (seen === undefined) return undefined;
  return {
    entry: bits.filter((bit) => seen[bit]),
    access: seen.signal ?? (write ? 'write' : contents(seen.value)),
  };
}

/** True when the child may have seen that. */
export function matchesChild(expected: ChildSeen | undefined, seen: ChildStep): boolean {
  if (expected === undefined) return false;
  const { access } = expected;
  if (bits.some((bit) => expected[bit] !== seen.entry.includes(bit))) return false;
  if (access.kind === 'read') return typeof seen.access !== 'string' && seen.access.includes(access.content);
  return seen.access === (access.kind === 'signal' ? access.signal : access.kind);
}

/** What a child saw, for reading. */
export function childText({ entry, access }: ChildStep): string {
  const what = typeof access === 'string' ? access : `read ${access.join(' or ') || 'an unknown value'}`;
  return `child [${entry.join(' ')}] ${what}`;
}
