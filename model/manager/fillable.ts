import { and, not, or, type Term } from '../../checker/language/index.ts';
import type { Kernel } from '../kernel.ts';
import type { Manager } from './manager.ts';

/** True when the VMA takes the page that is offered: it is registered, and for WP if it is to be write-protected. */
export function fillable(k: Kernel, m: Manager): Term<boolean> {
  return and(k.armedAtAll(), or(not(m.arm.is('protect')), k.protects('wp')));
}
