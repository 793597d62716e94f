import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** The root of the package, where schemas and Markdown are, also when this code is in dist/. */
export const root: string = dirname(createRequire(import.meta.url).resolve('faultline/package.json'));
