import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How a run of the command ended. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The committed launcher. */
export const launcher = fileURLToPath(new URL('../faultline.js', import.meta.url));

/** Run Node with a program or options, without a terminal and without colours. */
export function runNode(...args: readonly string[]): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Run the built command. */
export function run(...args: readonly string[]): Promise<Run> {
  return runNode(launcher, ...args);
}
