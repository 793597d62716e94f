/**
 * The protocol language: what a scenario is written in. Pure data; it knows neither the engine nor any page table.
 *
 * @module
 */
export * from './domain.ts';
export * from './expression.ts';
export * from './ground.ts';
export * from './ground-protocol.ts';
export * from './monitor.ts';
export * from './process.ts';
export * from './protocol.ts';
export * from './queue.ts';
export * from './step.ts';
export * from './term.ts';
