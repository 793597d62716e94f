import type { Operation } from '../sequence.ts';
import type { Met } from './belief.ts';
import type { Role } from './roles.ts';

/** True when a thread may read another page than this one because of an operation, now or because it is woken. */
function letsReadElsewhere({ name, lo }: Operation, page: number, pages: number): boolean {
  if (pages === 1) return false;
  if (name === 'touch r') return lo !== page;
  return /^(wake|set-mode|unregister|close|copy|continue|zeropage)|off$/.test(name);
}

/** An operation as a page meets it that has others beside it. */
export function metAt(operation: Operation, page: number, pages: number, roles: readonly Role[]): Met {
  return { operation, page, roles, crowd: letsReadElsewhere(operation, page, pages) };
}
