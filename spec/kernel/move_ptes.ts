import { empty } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { mode, prot } from './payload.ts';

/**
 * Takes the entry of a registered VMA to another address, where nobody is registered: the manager has not asked for the
 * events of mremap. @kernel mm/mremap.c move_ptes()
 */
export const move_ptes = kernelFunction('move_ptes', 'mm/mremap.c', { mode, prot }, [
  {
    name: 'kept',
    because: 'A move that forgets about the marks takes them along.',
    given: { mremapClearsMarks: false },
    target: {},
  },
  {
    name: 'marker',
    because: 'A marker has no meaning where nobody is registered.',
    when: { form: 'marker' },
    target: empty,
  },
  {
    name: 'armed',
    because: 'An armed page gets its access back, read-only: the first write makes it writable.',
    when: { form: 'present', uffd: 'uffd', mode: ['rwp', 'both'], prot: ['rw', 'r'] },
    given: { mremapRestoresAccess: true },
    target: { uffd: 'clear', access: 'vma', write: 'no' },
  },
  {
    name: 'unmarked',
    because: 'The mark goes, in whatever form it is kept.',
    target: { uffd: 'clear' },
  },
]);
