/**
 * What is said: the entry and its machines, the decisions, the designs, the events and the promises.
 *
 * @module
 */
export * from './contract/index.ts';
export * from './decisions/index.ts';
export * from './designs/index.ts';
export * from './entry/backing.ts';
export * from './entry/backings.ts';
export * from './entry/entry.ts';
export * from './events.ts';
export * from './kernel/index.ts';
export * from './machine-terms.ts';
export * from './machine/chart.ts';
export * from './machine/kernel-function.ts';
export * from './machine/machine.ts';
export * from './mutant.ts';
export * from './properties/index.ts';
export * from './registration/registration.ts';
export * from './tabulate.ts';
export * from './waiter/waiter.ts';
export * from './world.ts';
