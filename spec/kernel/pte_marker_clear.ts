import { empty } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';

/** Drops a marker that the VMA has no use for any more. @kernel mm/memory.c pte_marker_clear() */
export const pte_marker_clear = kernelFunction('pte_marker_clear', 'mm/memory.c', {}, [
  {
    name: 'stale-marker',
    because: 'A marker in a VMA without WP is cleared, and the access tried again.',
    when: { form: 'marker' },
    target: empty,
  },
  {
    name: 'gone',
    because: 'Somebody else changed the entry first.',
    target: {},
  },
]);
