import { kernelFunction } from '../machine/kernel-function.ts';

/** Queues a fault's message, and takes the thread off again when it goes on. @kernel mm/userfaultfd.c handle_userfault() */
export const handle_userfault = kernelFunction(
  'handle_userfault',
  'mm/userfaultfd.c',
  { part: ['enqueue', 'finish'] },
  [
    {
      name: 'enqueue',
      because: 'The message becomes readable, and a wake-up counts from here on, before the thread sleeps.',
      when: { part: 'enqueue', task: 'running', queue: 'out' },
      target: { task: 'about-to-sleep', queue: 'queued' },
    },
    {
      name: 'enqueued-already',
      because: 'A thread waits for one fault at a time.',
      when: { part: 'enqueue' },
      target: 'impossible',
    },
    {
      name: 'finish',
      because: 'The thread runs, and takes itself off the queue if nobody has: an unread message vanishes.',
      when: { part: 'finish', task: ['running', 'about-to-sleep'] },
      target: { task: 'running', queue: 'out' },
    },
    { name: 'finish-asleep', because: 'A thread that sleeps does not run.', target: 'impossible' },
  ],
);
