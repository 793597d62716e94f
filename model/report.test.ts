import { describe, expect, test } from 'vitest';
import { designs } from '../spec/index.ts';
import { choicesOf } from '../checker/index.ts';
import { cellJson } from './report.ts';
import { scenarios } from './scenarios/index.ts';
import { verify, type Result } from './verify.ts';

const cell = verify(scenarios['reclaim-vs-fault'], designs['rfc-v2'], { size: { pages: 1, cpus: 1 } });
const json = cellJson(cell) as {
  readonly options: readonly { readonly states: number; readonly transitions: number; readonly modelHash: string }[];
  readonly states: number;
  readonly transitions: number;
  readonly modelHash: string;
  readonly results: readonly { readonly trace: Pick<Result, 'text' | 'explained' | 'replay'> | null }[];
};
const traces = json.results.flatMap(({ trace }) => trace ?? []);

/** What a trace tells step by step, put together as it is printed, but for spaces. */
function retold({ explained = [] }: (typeof traces)[number]): string {
  const lines = explained.flatMap((step, i) => {
    const choices = choicesOf(step);
    const name = step.function === undefined ? '' : ` ${step.function}()`;
    return [
      `${i + 1} ${step.actor}${name} ${step.says}${choices.length > 0 ? ` [${choices.join(', ')}]` : ''}`,
      ...step.changes.map(({ name: of, from, to }) => `${of} ${from} -> ${to}`),
    ];
  });
  return lines.join(' ');
}

describe('the JSON of a cell', () => {
  test('tells each counterexample step by step, and leaves out nothing that is printed', () => {
    expect(traces.length).toBeGreaterThan(1);
    for (const trace of traces) {
      const [head, steps, replay] = (trace.text ?? '').split('\n\n');
      expect(head).toMatch(/^violated: /u);
      expect(retold(trace)).toBe(steps?.replaceAll(/\s+/gu, ' ').trim());
      expect(replay).toBe(`replay:   ${trace.replay}`);
    }
  });

  test('names an entry part by part, and ghosts as such', () => {
    const changes = traces.flatMap(({ explained = [] }) => explained.flatMap((step) => step.changes));
    const roles = (part: string): readonly string[] => [
      ...new Set(changes.filter(({ name }) => name.startsWith(part)).map(({ role }) => role)),
    ];
    expect(changes.find(({ name }) => name === 'pte[0].form')).toMatchObject({ role: 'machine', to: 'swap' });
    expect(roles('LM.')).toEqual(['ghost']);
    expect(roles('ptl[')).toEqual(['lock']);
    expect(changes.map(({ role }) => role)).not.toContain('pc');
  });

  test('has the cost of each world, and of all together', () => {
    expect(json.options.length).toBeGreaterThan(1);
    expect(json.options.map(({ modelHash }) => modelHash).join('-')).toBe(json.modelHash);
    for (const what of ['states', 'transitions'] as const)
      expect(json.options.reduce((sum, option) => sum + option[what], 0)).toBe(json[what]);
  });
});
