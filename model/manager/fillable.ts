import { and, not, or, type Local, type Term } from '../../checker/language/index.ts';
import type { Kernel } from '../kernel.ts';
import { isFill, moves, type Fill } from './fills.ts';
import type { Manager } from './manager.ts';

/**
 * True when the VMA takes the page that is offered: it is registered, for WP if the page is to be write-protected, and
 * can be written if the page is moved there. No huge page is filled with zeros.
 */
export function fillable(k: Kernel, m: Manager, fills: Local<Fill> | undefined): Term<boolean> {
  const taken = and(k.armedAtAll(), or(not(m.arm.is('protect')), k.protects('wp')));
  if (!fills) return taken;
  const movable = and(taken, or(not(moves(fills)), k.prot.is('rw')));
  return k.backing === 'hugetlb' ? and(movable, not(isFill(fills, 'zeropage'))) : movable;
}
