import { kernelFunction } from '../machine/kernel-function.ts';
import { fault } from './payload.ts';

/** The processor walks the page table and sets the accessed bit and, for a write, the dirty bit. */
export const hardwareWalk = kernelFunction('hardwareWalk', '', { fault }, [
  {
    name: 'read',
    because: 'A read through a page that gives access sets the accessed bit.',
    when: { form: 'present', access: 'vma', fault: 'read' },
    target: { young: 'young' },
  },
  {
    name: 'write',
    because: 'A write through a writable page sets the dirty bit too.',
    when: { form: 'present', access: 'vma', write: 'write', fault: 'write' },
    target: { young: 'young', dirty: 'dirty' },
  },
  { name: 'trap', because: 'Anything else traps, and the walk changes nothing.', target: 'impossible' },
]);
