/**
 * The story: results as a site.
 *
 * @module
 */
export * from './site.ts';
export * from './picture.ts';
