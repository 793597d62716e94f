import { presentWith } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { mode } from './payload.ts';

/** Puts a page that MOVE has taken elsewhere into an empty entry. @kernel mm/userfaultfd.c move_present_ptes() */
export const move_present_ptes = kernelFunction('move_present_ptes', 'mm/userfaultfd.c', { mode }, [
  {
    name: 'armed',
    because: 'In an RWP VMA the page arrives armed, whatever it was where it came from.',
    when: { form: 'none', mode: ['rwp', 'both'] },
    given: { moveArms: true },
    target: presentWith({ maps: 'anon', uffd: 'uffd', access: 'no-access', exclusive: 'exclusive', dirty: 'dirty' }),
  },
  {
    name: 'plain',
    because: 'Else it arrives writable and unprotected.',
    when: { form: 'none' },
    target: presentWith({ maps: 'anon', write: 'write', exclusive: 'exclusive', dirty: 'dirty' }),
  },
  {
    name: 'occupied',
    because: 'The caller has found the entry empty: a marker is in the way too.',
    target: 'impossible',
  },
]);
