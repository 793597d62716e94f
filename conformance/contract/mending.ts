import { becomes, change, decide, type Breaking } from './breaking.ts';

const marks = becomes({ uffd: 'uffd' });

/** For every claim that Linux 7.3 breaks in a kind of session, a change that mends it: there it holds. */
export const mending: readonly Omit<Breaking, 'operations'>[] = [
  { claim: 'unregister-leaves-nobody-asleep', session: 'wp-sync', mutant: decide({ unregisterWakes: 'all' }) },
  // What would mend it: a marker for RWP, as WP has it.
  {
    claim: 'reclaim-keeps-the-mark',
    session: 'shmem-rwp-sync',
    mutant: change({
      'try_to_unmap_one/file-protected': (branch) => ({
        ...branch,
        when: { ...branch.when, mode: ['wp', 'rwp', 'both'] },
      }),
    }),
  },
  {
    claim: 'poison-is-not-accessed',
    session: 'rwp-sync',
    mutant: change({ 'mrwprotect_range/poison-or-guard': marks }),
  },
  {
    claim: 'poison-is-not-written',
    session: 'wp-sync',
    mutant: change({ 'mwriteprotect_range/poison-or-guard': marks }),
  },
];
