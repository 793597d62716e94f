import { describe, expect, test } from 'vitest';
import { computeCells } from '../testing/fixture.ts';
import { isEntry, isGhost, readTrace } from './trace-text.ts';

const texts = computeCells(['reclaim-vs-fault', 'mprotect-vs-rwp'], ['rfc-v2']).flatMap(({ results }) =>
  results.flatMap(({ trace, steps }) => (trace ? [{ text: trace.text, steps }] : [])),
);

describe('the text of a counterexample', () => {
  test('is taken apart without loss: put together again it is the same, but for spaces', () => {
    expect(texts.length).toBeGreaterThan(3);
    for (const { text, steps } of texts) {
      const trace = readTrace(text);
      expect(trace.steps).toHaveLength(steps ?? -1);
      const lines = trace.steps.flatMap(({ actor, kernelFunction, says, changes }, i) => [
        `${i + 1} ${actor}${kernelFunction === undefined ? '' : ` ${kernelFunction}()`} ${says}`,
        ...changes.map(([name, change]) => `${name} ${change}`),
      ]);
      const again = [`violated: ${trace.claim}`, `model: ${trace.model}`, ...lines, `replay: ${trace.replay}`];
      expect(again.join(' ')).toBe(text.replaceAll(/\s+/gu, ' '));
    }
  });

  test('with a line that is neither a step nor a change is refused, and so is another text', () => {
    const [{ text } = { text: '' }] = texts;
    expect(() => readTrace(text.replace(/\n {3}1 .*/u, '\n!'))).toThrow(/neither a step nor a change: !/u);
    expect(() => readTrace('holds: LM')).toThrow(/not the text of a counterexample/u);
  });

  test('tells entries and ghosts by their names', () => {
    expect([isEntry('pte[0].form'), isEntry('ptl[0]')]).toEqual([true, false]);
    expect([isGhost('LM.armed.rwp[0]'), isGhost('I1.x'), isGhost('cpu0.seen')]).toEqual([true, true, false]);
  });
});
