import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { packageRoot } from '../runner/build.ts';

const folder = join(packageRoot(), 'conformance', 'schemas');
const schemas = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as object);
const ajv = new Ajv({ schemas, strictTuples: false, strictTypes: false });

/** What a published schema says against a document; nothing, if it describes it. */
export function complaints(name: string, document: unknown): string {
  const validate = ajv.getSchema(`https://faultline.invalid/schemas/${name}.schema.json`);
  return validate?.(document) === true ? '' : JSON.stringify(validate?.errors?.slice(0, 2) ?? 'no such schema');
}
