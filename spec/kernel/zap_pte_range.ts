import { empty, marker } from '../entry/targets.ts';
import { kernelFunction } from '../machine/kernel-function.ts';
import { flag, mode } from './payload.ts';

/** Empties an entry; the mark goes with it, but for write protection in the VMA of a file. @kernel mm/memory.c zap_pte_range() */
export const zap_pte_range = kernelFunction('zap_pte_range', 'mm/memory.c', { mode, file: flag, copies: flag }, [
  {
    name: 'guard-stays',
    because: 'Only the end of the mapping takes a guard away.',
    when: { form: 'guard' },
    target: {},
  },
  {
    name: 'marked',
    because: 'In the VMA of a file a marker stays: there it is the protection of a page that is not mapped.',
    when: { form: 'marker', file: 'yes' },
    target: {},
  },
  {
    name: 'copies-stay',
    because: 'A hole in the file leaves alone what is not of the file: a copy of the page, and poison.',
    when: { maps: 'anon', copies: 'no' },
    target: {},
  },
  {
    name: 'poison-stays',
    because: 'A hole in the file leaves alone what is not of the file: a copy of the page, and poison.',
    when: { form: 'poison', copies: 'no' },
    target: {},
  },
  {
    name: 'mark',
    because: 'In the VMA of a file write protection stays behind as a marker.',
    when: { uffd: 'uffd', file: 'yes', mode: ['wp', 'both'] },
    target: marker,
  },
  {
    name: 'zap',
    because: 'Whatever else it was, it is empty now, and its mark is gone.',
    target: empty,
  },
]);
