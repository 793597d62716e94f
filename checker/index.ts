/**
 * The checker: every reachable state of a protocol, and one of four verdicts for each of its properties.
 *
 * @module
 */
export * from './check.ts';
export * from './fault.ts';
export type { Preparation } from './prepare/prepare.ts';
export type { Limits, Progress, StoppedBy } from './search/limits.ts';
export * from './system.ts';
export * from './trace/explain.ts';
export * from './trace/print.ts';
export * from './trace/replay.ts';
export * from './trace/tell.ts';
export * from './unreached.ts';
export * from './verdict.ts';
