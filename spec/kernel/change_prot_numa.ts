import { kernelFunction } from '../machine/kernel-function.ts';

/** Takes the access of an entry as a NUMA hint. @kernel mm/mempolicy.c change_prot_numa() */
export const change_prot_numa = kernelFunction('change_prot_numa', 'mm/mempolicy.c', {}, [
  {
    name: 'hint',
    because: 'A page of our own loses its access until the next fault; the bit stays as it is.',
    when: { form: 'present', access: 'vma', exclusive: 'exclusive' },
    target: { access: 'no-access', write: 'no' },
  },
  {
    name: 'skip',
    because: 'Entries without access, the zero page and pages that are elsewhere are passed over.',
    target: {},
  },
]);
