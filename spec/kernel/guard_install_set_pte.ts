import { guard } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';

/** Puts a guard into an empty entry. @kernel mm/madvise.c guard_install_set_pte() */
export const guard_install_set_pte = kernelFunction('guard_install_set_pte', 'mm/madvise.c', {}, [
  {
    name: 'install',
    because: 'From now on an access gets SIGSEGV.',
    when: { form: 'none' },
    target: guard,
  },
  {
    name: 'is-one',
    because: 'A guard stays one, with the bit that a scan has set on it.',
    when: { form: 'guard' },
    target: {},
  },
  {
    name: 'occupied',
    because: 'The caller has emptied the entry before.',
    target: 'impossible',
  },
]);
