import { bool, literal, oneOf, type Local, type Term } from '../../checker/language/index.ts';
import type { Kernel } from '../kernel.ts';
import type { ManagerCall } from '../options.ts';
import type { Manager } from './manager.ts';

const fillDomain = oneOf('fill', 'copy', 'zeropage', 'poison', 'continue', 'move', 'move-zero');
/** What a call fills a page with: a copy, zeros, poison, the page that the file has, or one from elsewhere. */
export type Fill = (typeof fillDomain.values)[number];

/** Which fill a call is; none where there is only COPY. */
export function kindOfFill(k: Kernel, { process }: Manager): Local<Fill> | undefined {
  const { calls } = k.options;
  const more = calls.has('zeropage') || calls.has('poison') || calls.has('continue');
  return more ? process.local('fills', fillDomain, 'copy') : undefined;
}

/** True for a call that is one of these fills. */
export function isFill(fills: Local<Fill> | undefined, ...kinds: readonly Fill[]): Term<boolean> {
  return fills ? fills.isOneOf(...kinds) : literal(bool, kinds.includes('copy'));
}

/** True for a page that is moved from elsewhere. */
export function moves(fills: Local<Fill> | undefined): Term<boolean> {
  return isFill(fills, 'move', 'move-zero');
}

/** The call that a fill belongs to. */
export function callOf(kind: Fill): ManagerCall {
  if (kind === 'copy') return 'fill';
  return kind === 'move-zero' ? 'move' : kind;
}
