import { mmap_region } from '../kernel/mmap_region.ts';
import { mremap_userfaultfd_prep } from '../kernel/mremap_userfaultfd_prep.ts';
import { userfaultfd_register } from '../kernel/userfaultfd_register.ts';
import { userfaultfd_release } from '../kernel/userfaultfd_release.ts';
import { userfaultfd_unregister } from '../kernel/userfaultfd_unregister.ts';
import type { MachineDescription } from '../machine/machine.ts';

/** What a VMA is registered for. The descriptor's life is a region of its own. */
export const registrationMachine: MachineDescription = {
  name: 'registration',
  regions: [
    { name: 'protection', says: 'the protection that faults are reported for', states: ['none', 'wp', 'rwp', 'both'] },
    { name: 'missing', says: 'whether faults on empty entries are reported', states: ['no', 'missing'] },
    { name: 'context', says: 'the life of the descriptor', states: ['open', 'closed'] },
  ],
  starts: ['none', 'wp', 'rwp', 'both'].flatMap((protection) =>
    ['no', 'missing'].map((missing) => ({ protection, missing })),
  ),
  functions: [userfaultfd_register, userfaultfd_unregister, userfaultfd_release, mremap_userfaultfd_prep, mmap_region],
};
