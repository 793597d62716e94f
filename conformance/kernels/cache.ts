import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder of everything that can be made again: the compiled runner, kernel images, package lists, journals. */
export function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'];
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'faultline');
}
