/**
 * The public interface of Faultline: what a mutant file, or a tool built on the model, imports from `'faultline'`.
 *
 * @module
 */
export * from './checker/language/index.ts';
export * from './model/index.ts';
export * from './spec/index.ts';
