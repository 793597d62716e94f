import { kernelFunction } from '../machine/kernel-function.ts';

/** Maps a VMA anew. @kernel mm/vma.c mmap_region() */
export const mmap_region = kernelFunction('mmap_region', 'mm/vma.c', {}, [
  {
    name: 'fresh',
    because: 'A new VMA is registered with nobody.',
    target: { protection: 'none', missing: 'no' },
  },
]);
