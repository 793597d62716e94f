import { handle_userfault } from '../kernel/handle_userfault.ts';
import { schedule } from '../kernel/schedule.ts';
import { userfaultfd_ctx_read } from '../kernel/userfaultfd_ctx_read.ts';
import { userfaultfd_wake_function } from '../kernel/userfaultfd_wake_function.ts';
import type { MachineDescription } from '../machine/machine.ts';

/**
 * A thread that waits for user space: where its message is, and what the scheduler thinks of it.
 *
 * `running` and out of both queues is the thread at work; `about-to-sleep` has queued its message and is looking once
 * more; `asleep` is in schedule(). A thread can be running and still queued: until it takes itself off, its message can
 * be read.
 */
export const waiterMachine: MachineDescription = {
  name: 'waiter',
  regions: [
    { name: 'task', says: 'the state of the thread', states: ['running', 'about-to-sleep', 'asleep'] },
    { name: 'queue', says: 'the queue that the message is in', states: ['out', 'queued', 'read'] },
  ],
  functions: [handle_userfault, schedule, userfaultfd_ctx_read, userfaultfd_wake_function],
};
