#!/usr/bin/env node
// The committed launcher: runs the built command, or says how to build it.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);
const has = (path) => existsSync(fileURLToPath(new URL(path, root)));

if (has('dist/bin/main.js')) {
  const { main } = await import('../dist/bin/main.js');
  await main(process.argv.slice(2));
} else {
  const remedy = has('node_modules/typescript') ? 'npm run build' : 'npm ci';
  console.error(`faultline: not built yet: run \`${remedy}\` in ${fileURLToPath(root)}, then try again`);
  process.exitCode = 2;
}
