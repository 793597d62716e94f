// Builds dist/ when TypeScript is installed; otherwise does nothing and succeeds.
//
// npm runs this after every install, and npx runs it in a checkout before `npm ci`, when there is no compiler yet.
// A failure there would be remembered by npx's cache for this path, so that case must end with 0.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));

if (existsSync(tsc)) {
  const { status } = spawnSync(process.execPath, [tsc, '-p', root], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
