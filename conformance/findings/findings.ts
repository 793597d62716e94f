import type { ScenarioName } from '../../model/index.ts';
import type { PropertyId } from '../../spec/index.ts';
import type { SequenceSeen, StepSeen } from '../kernels/report.ts';

/** A violation that the checker finds in a shipped design, and the run that shows it on a real kernel. */
export interface Finding {
  /** Stable. */
  readonly id: string;
  /** One sentence: what happens. */
  readonly says: string;
  /** Whose promise it breaks: the kernel's, or that of a user program that the kernel's rules do not protect. */
  readonly of: 'kernel' | 'program';
  readonly property: PropertyId;
  readonly scenario: ScenarioName;
  /** The variant of the scenario, as `check` prints it. */
  readonly variant: string;
  /** What the kernel must know; the operations of the runner. */
  readonly needs: 'rwp' | 'wp';
  readonly pages: string;
  readonly operations: readonly string[];
  /** True when the kernel does what the finding says. */
  readonly shows: (seen: SequenceSeen) => boolean;
}

const last = (seen: SequenceSeen): StepSeen | undefined => seen.steps.at(-1);
const thread = (step: StepSeen | undefined): string | undefined => step?.pages[0]?.thread;

/** What the checker found in linux-7.3 and linux-6.18, each with a run that shows it. */
export const findings: readonly Finding[] = [
  {
    id: 'unregister-leaves-rwp-sleeper',
    says: 'UNREGISTER of an RWP range without MISSING returns 0 and leaves a thread asleep that nobody will wake but close or a signal',
    of: 'kernel',
    property: 'SF',
    scenario: 'unregister-vs-fault',
    variant: 'rwp sync, unregister',
    needs: 'rwp',
    pages: '1',
    operations: ['api rwp', 'register rwp', 'touch 0 w', 'rwprotect 0 0 on', 'touch 0 r', 'read', 'unregister'],
    shows: (seen) => last(seen)?.ret === 0 && thread(last(seen)) === 'blocked',
  },
  {
    id: 'unregister-leaves-wp-sleeper',
    says: 'UNREGISTER of a WP range without MISSING returns 0 and leaves a thread asleep that nobody will wake but close or a signal',
    of: 'kernel',
    property: 'SF',
    scenario: 'unregister-vs-fault',
    variant: 'wp sync, unregister',
    needs: 'wp',
    pages: '1',
    operations: ['api -', 'register wp', 'touch 0 w', 'writeprotect 0 0 on', 'touch 0 w', 'read', 'unregister'],
    shows: (seen) => last(seen)?.ret === 0 && thread(last(seen)) === 'blocked',
  },
  {
    id: 'scan-before-sync-loses-a-write',
    says: 'a page that a scan in async mode found cold is touched before the switch to sync: it is not armed any more, and a write between the copy and the hole is lost',
    of: 'program',
    property: 'LW',
    scenario: 'evict-loop',
    variant: 'alias, scan before sync',
    needs: 'rwp',
    pages: '1 shmem',
    operations: [
      'api rwp,rwp-async',
      'register rwp,missing',
      'copy 0',
      'touch 0 w',
      'rwprotect 0 0 on',
      'touch 0 r',
      'set-mode sync',
      'alias-read 0',
      'touch 0 w',
      'punch 0 0',
      'touch 0 r',
      'copy 0',
    ],
    shows: (seen) => {
      const copied = seen.steps[7]?.out;
      const written = seen.steps[8]?.pages[0];
      return written?.thread === 'done' && written.value !== undefined && written.value !== copied;
    },
  },
  {
    id: 'naive-copy-blocks-on-itself',
    says: 'a manager that reads a page through its own protection sleeps in the fault that it should answer',
    of: 'program',
    property: 'SF',
    scenario: 'evict-loop',
    variant: 'naive read',
    needs: 'rwp',
    pages: '1',
    operations: ['api rwp', 'register rwp', 'touch 0 w', 'rwprotect 0 0 on', 'save 0'],
    shows: (seen) => (last(seen) as { helper?: { thread?: string } } | undefined)?.helper?.thread === 'blocked',
  },
];
