import { kernelFunction } from '../machine/kernel-function.ts';

/** Puts a thread to sleep, unless it has been woken since it said that it would. @kernel kernel/sched/core.c schedule() */
export const schedule = kernelFunction('schedule', 'kernel/sched/core.c', {}, [
  {
    name: 'sleep',
    because: 'Nobody has woken the thread: it sleeps.',
    when: { task: 'about-to-sleep' },
    target: { task: 'asleep' },
  },
  { name: 'woken', because: 'The thread was woken in time: it goes on.', when: { task: 'running' }, target: {} },
  { name: 'asleep', because: 'A thread that sleeps does not call anything.', target: 'impossible' },
]);
