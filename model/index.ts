/**
 * Who does it: the actors, the scenarios, and verify().
 *
 * @module
 */
export * from './always.ts';
export * from './options.ts';
export * from './scenarios/index.ts';
export * from './verify.ts';
export * from './world.ts';
export * from './jobs/job.ts';
export * from './jobs/pool.ts';
export * from './mutants/apply.ts';
export * from './mutants/drops.ts';
export * from './mutants/flips.ts';
export * from './mutants/ledger/index.ts';
export * from './mutants/ledger-table.ts';
export * from './mutants/load.ts';
export * from './mutants/losses.ts';
export * from './mutants/mutant.ts';
export * from './mutants/named.ts';
export * from './mutants/step-rules.ts';
export * from './report.ts';
export * from './review.ts';
export * from './mutants/flip-table.ts';
