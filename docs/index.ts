/**
 * The story: results as a site.
 *
 * @module
 */
export * from './abridged.ts';
export * from './review/report.ts';
export * from './site.ts';
export * from './picture.ts';
