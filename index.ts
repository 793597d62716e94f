/**
 * The public interface of Faultline: what a mutant file, or a tool built on the model, imports from `'faultline'`.
 *
 * @module
 */
export {};
