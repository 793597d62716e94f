import { empty } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';

/** Empties an entry at the end of its mapping. @kernel mm/memory.c unmap_vmas() */
export const unmap_vmas = kernelFunction('unmap_vmas', 'mm/memory.c', {}, [
  {
    name: 'unmap',
    because: 'Nothing stays, no marker either.',
    target: empty,
  },
]);
