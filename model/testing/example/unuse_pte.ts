import { arrives } from '../../../spec/entry/targets.ts';
import { kernelFunction } from '../../../spec/machine/kernel-function.ts';
import { mode, prot } from '../../../spec/kernel/payload.ts';

/** Maps a swapped page again, without a fault, when its swap area is taken away. @kernel mm/swapfile.c unuse_pte() */
export const unuse_pte = kernelFunction('unuse_pte', 'mm/swapfile.c', { mode, prot }, [
  {
    name: 'armed',
    because: 'In an RWP VMA the bit in the swap entry means armed: the page comes back without access.',
    when: { form: 'swap', swap: 'own', uffd: 'uffd', mode: ['rwp', 'both'] },
    given: { swapInRestoresNoAccess: true },
    target: arrives({ access: 'no-access', exclusive: 'exclusive' }),
  },
  {
    name: 'nobody',
    because: 'In a VMA that nobody may access it comes back without access too, and keeps its bit.',
    when: { form: 'swap', swap: 'own', prot: 'none' },
    target: arrives({ access: 'no-access', exclusive: 'exclusive' }),
  },
  {
    name: 'own',
    because: 'Else it comes back read-only, with the bit that it had; the first write makes it writable.',
    when: { form: 'swap', swap: 'own' },
    target: arrives({ exclusive: 'exclusive' }),
  },
  {
    name: 'not-ours',
    because: 'The caller has compared the entry with the swap entry, and nothing here shares one.',
    target: 'impossible',
  },
]);
