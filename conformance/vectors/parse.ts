import { UsageProblem } from '../problem.ts';
import { vectorProblem } from './check.ts';
import { vectorVersion, type Vector, type VectorFile } from './vector.ts';

/**
 * Reads a vector, or a file of vectors.
 *
 * @throws UsageProblem when the text is not whole, or of another version
 */
export function parseVectors(text: string, name: string): readonly Vector[] {
  let value: Partial<VectorFile & Vector>;
  try {
    value = JSON.parse(text) as Partial<VectorFile & Vector>;
  } catch {
    throw new UsageProblem(`${name} is no whole JSON document: expected a vector, as 'faultline vectors' writes it`);
  }
  if (value === null || typeof value !== 'object' || value.schemaVersion !== vectorVersion) {
    const version = JSON.stringify(value?.schemaVersion ?? null);
    throw new UsageProblem(
      `${name} has schemaVersion ${version}: expected a vector with schemaVersion ${vectorVersion}`,
    );
  }
  const vectors = Array.isArray(value.vectors) ? (value.vectors as readonly Vector[]) : [value as Vector];
  for (const vector of vectors) {
    const problem = vectorProblem(vector);
    if (problem === undefined) continue;
    const which = typeof vector.id === 'string' ? `, vector ${vector.id}` : ' is no vector';
    throw new UsageProblem(`${name}${which}: ${problem}`);
  }
  return vectors;
}
