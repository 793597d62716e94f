/**
 * Who does it: the actors, the scenarios, and verify().
 *
 * @module
 */
export * from './options.ts';
export * from './scenarios/index.ts';
export * from './verify.ts';
export * from './world.ts';
