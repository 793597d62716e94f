// A mutant: unprotecting flushes the TLBs, as x86 does under WP where the write bit changes.
import { defineMutant } from 'faultline';

export default defineMutant({
  design: 'linux-7.3',
  rules: {
    'tlb_finish_mmu/flush': (step) => ({ ...step, when: step.when?.slice(0, 1) ?? [] }),
    'tlb_finish_mmu/nothing-to-flush': (step) => ({ ...step, off: 'every call flushes' }),
  },
});
