import { bool, literal, oneOf, type Local, type Term } from '../../checker/language/index.ts';
import type { Kernel } from '../kernel.ts';
import type { Manager } from './manager.ts';

const fillDomain = oneOf('fill', 'copy', 'zeropage', 'poison', 'continue');
/** What a call fills a page with: a copy, zeros, poison, or the page that the file has. */
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
