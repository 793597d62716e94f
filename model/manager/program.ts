import type { Kernel } from '../kernel.ts';
import { alias } from './alias.ts';
import { discard } from './discard.ts';
import { evict } from './evict.ts';
import { fill } from './fill.ts';
import { guard } from './guard.ts';
import { handler } from './handler.ts';
import { endRegistration } from './lifecycle.ts';
import { declareManager, type Manager } from './manager.ts';
import { mmap } from './mmap.ts';
import { protect } from './protect.ts';
import { punch } from './punch.ts';
import { register } from './register.ts';
import { scan } from './scan.ts';
import { userfaultfd_set_mode } from './userfaultfd_set_mode.ts';

/** The whole program of the manager: its calls, and its duties as a handler. */
export function managerProgram(k: Kernel): Manager {
  const m = declareManager(k);
  protect(k, m);
  userfaultfd_set_mode(k, m);
  scan(k, m);
  register(k, m);
  endRegistration(k, m);
  discard(k, m);
  evict(k, m);
  fill(k, m);
  guard(k, m);
  if (k.file) {
    punch(k, k.file, m);
    alias(k, k.file, m);
  }
  mmap(k, m);
  handler(k, m);
  return m;
}
