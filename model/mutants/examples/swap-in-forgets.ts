// A mutant: a page that comes back from swap keeps its mark and is given its access all the same.
// Run it from any folder: npx faultline check reclaim-vs-fault --mutant model/mutants/examples/swap-in-forgets.ts
import { defineMutant } from 'faultline';

export default defineMutant({
  design: 'linux-7.3',
  rules: {
    'do_swap_page/back-to-no-access': (rule) => ({ ...rule, target: { ...Object(rule.target), access: 'vma' } }),
  },
});
