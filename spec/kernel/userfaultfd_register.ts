import { kernelFunction } from '../machine/kernel-function.ts';
import { flag, mode } from './payload.ts';

/** Registers a VMA, once the checks have passed. No entry is touched. `lacks`: MINOR is asked for too, and not there yet. @kernel mm/userfaultfd.c userfaultfd_register() */
export const userfaultfd_register = kernelFunction(
  'userfaultfd_register',
  'mm/userfaultfd.c',
  { ask: flag, protect: mode, lacks: flag },
  [
    {
      name: 'closed',
      because: 'There is no descriptor to register with.',
      when: { context: 'closed' },
      target: 'impossible',
    },
    {
      name: 'has-minor',
      because: 'A VMA that has MINOR, which alone is asked for, is passed over, and keeps the rest.',
      when: { lacks: 'no', ask: 'no', protect: 'none' },
      target: {},
    },
    {
      name: 'has-only-missing',
      because: 'A VMA that has all that is asked for is passed over, and keeps the rest.',
      when: { lacks: 'no', missing: 'missing', protect: 'none' },
      target: {},
    },
    {
      name: 'has-all',
      because: 'A VMA that has all that is asked for is passed over, and keeps the rest.',
      when: { lacks: 'no', missing: 'missing', protection: 'both' },
      target: {},
    },
    {
      name: 'has-all-protections',
      because: 'A VMA that has all that is asked for is passed over, and keeps the rest.',
      when: { lacks: 'no', ask: 'no', protection: 'both' },
      target: {},
    },
    {
      name: 'has-wp-and-missing',
      because: 'A VMA that has all that is asked for is passed over, and keeps the rest.',
      when: { lacks: 'no', missing: 'missing', protection: 'wp', protect: 'wp' },
      target: {},
    },
    {
      name: 'has-rwp-and-missing',
      because: 'A VMA that has all that is asked for is passed over, and keeps the rest.',
      when: { lacks: 'no', missing: 'missing', protection: 'rwp', protect: 'rwp' },
      target: {},
    },
    {
      name: 'has-wp',
      because: 'A VMA that has all that is asked for is passed over, and keeps the rest.',
      when: { lacks: 'no', ask: 'no', protection: 'wp', protect: 'wp' },
      target: {},
    },
    {
      name: 'has-rwp',
      because: 'A VMA that has all that is asked for is passed over, and keeps the rest.',
      when: { lacks: 'no', ask: 'no', protection: 'rwp', protect: 'rwp' },
      target: {},
    },
    {
      name: 'set-none-and-missing',
      because: 'The new modes take the place of the old ones.',
      when: { ask: 'yes', protect: 'none' },
      target: { missing: 'missing', protection: 'none' },
    },
    {
      name: 'set-wp-and-missing',
      because: 'The new modes take the place of the old ones.',
      when: { ask: 'yes', protect: 'wp' },
      target: { missing: 'missing', protection: 'wp' },
    },
    {
      name: 'set-rwp-and-missing',
      because: 'The new modes take the place of the old ones.',
      when: { ask: 'yes', protect: 'rwp' },
      target: { missing: 'missing', protection: 'rwp' },
    },
    {
      name: 'set-both-and-missing',
      because: 'The new modes take the place of the old ones.',
      when: { ask: 'yes', protect: 'both' },
      target: { missing: 'missing', protection: 'both' },
    },
    {
      name: 'set-none',
      because: 'The new modes take the place of the old ones.',
      when: { ask: 'no', protect: 'none' },
      target: { missing: 'no', protection: 'none' },
    },
    {
      name: 'set-wp',
      because: 'The new modes take the place of the old ones.',
      when: { ask: 'no', protect: 'wp' },
      target: { missing: 'no', protection: 'wp' },
    },
    {
      name: 'set-rwp',
      because: 'The new modes take the place of the old ones.',
      when: { ask: 'no', protect: 'rwp' },
      target: { missing: 'no', protection: 'rwp' },
    },
    {
      name: 'set-both',
      because: 'The new modes take the place of the old ones.',
      when: { ask: 'no', protect: 'both' },
      target: { missing: 'no', protection: 'both' },
    },
  ],
);
