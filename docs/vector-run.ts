import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import type { RunResult } from '../conformance/vectors/run.ts';
import { root } from './root.ts';
import { unusable } from './unusable.ts';

const schema = (name: string): object =>
  JSON.parse(readFileSync(join(root, 'conformance', 'schemas', `${name}.schema.json`), 'utf8')) as object;

/**
 * Reads the result of `faultline run --json` by its published schema.
 *
 * @throws UsageError with the first thing that is wrong with it
 */
export function readVectorRun(json: unknown, from: string): RunResult {
  const ajv = new Ajv({ schemas: [schema('vector')] });
  const valid = ajv.compile(schema('run'));
  if (valid(json)) return json as RunResult;
  const [first] = valid.errors ?? [];
  return unusable(`${from} is not a result of 'faultline run --json': ${first?.instancePath} ${first?.message}`);
}
