import { describe, expect, test } from 'vitest';
import { isQuoted, noDocuments } from '../../spec/testing/documents.ts';
import { faultOf, kernelTree, whySkipped } from '../../spec/testing/kernel-tree.ts';
import { guestImage, noRunningKernel } from '../kernels/testing/needs.ts';
import { findings } from './findings.ts';
import { lostWakeUps } from './forced/schedules.ts';
import { letter, lineOf } from './letter.ts';
import { parseConsole, programIds, runProgramsHere, runProgramsInGuest, type ProgramRun } from './programs.ts';
import { lostId } from './stories/checker.ts';
import { stories } from './stories/index.ts';

const ofPrograms = stories.filter(({ shownBy }) => shownBy.kind === 'program').map(({ id }) => id);

/** What came of programs that is not "shown, and its control not". */
const otherwise = (runs: readonly ProgramRun[]): readonly ProgramRun[] =>
  runs.filter(({ control, end }) => end !== (control ? 'not shown' : 'shown'));

describe('every finding', () => {
  test('has a story, and every story something that shows it', () => {
    expect(ofPrograms.toSorted()).toEqual(programIds());
    const sequences = stories.filter(({ shownBy }) => shownBy.kind === 'sequence').map(({ id }) => id);
    expect(sequences.filter((id) => !findings.some((finding) => finding.id === id))).toEqual([]);
    expect(findings.filter(({ id }) => !stories.some((story) => story.id === id))).toEqual([]);
    const schedules = stories.filter(({ shownBy }) => shownBy.kind === 'schedule').map(({ id }) => id);
    expect(schedules).toEqual(lostWakeUps.map(lostId));
    expect(new Set(stories.map(({ id }) => id)).size).toBe(stories.length);
  });

  test('breaks a line of the contract, and is told in 72 columns', () => {
    for (const story of stories) {
      expect(lineOf(story).number).toBe(story.line);
      const tooLong = letter(story)
        .split('\n')
        .filter((line) => line.length > 72 && !line.startsWith('Subject: '));
      expect(tooLong, story.id).toEqual([]);
    }
  });
});

describe(`the causes${whySkipped}`, () => {
  const named = stories.flatMap(({ id, cause }) =>
    [...cause.matchAll(/(\w+)\(\) in (\S+\.c)/g)].map(
      ([, name = '', path = '']) => [id, name, { path, name }] as const,
    ),
  );

  test('name a function each, but for those of user programs', () => {
    const silent = stories.filter(({ id, of }) => of === 'kernel' && !named.some(([other]) => other === id));
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  test.skipIf(kernelTree === '').for(named)('%s: %s() is where it says', ([, , anchor]) => {
    expect(faultOf(anchor)).toBeUndefined();
  });
});

describe(`what is promised of a case${noDocuments}`, () => {
  const quotes = stories.flatMap(({ id, source }) => (source?.standing === 'P' ? [[id, source] as const] : []));
  test.skipIf(noDocuments !== '').for(quotes)('%s quotes its document', ([, source]) => {
    expect(isQuoted(source)).toBe(true);
    expect(source.sentence.split(' ').length).toBeLessThanOrEqual(15);
  });
});

describe('what the programs show', () => {
  const without = noRunningKernel();
  test.skipIf(without !== undefined)(
    `on the running kernel, and their controls do not${without ? ` [${without}]` : ''}`,
    () => {
      const here = stories.filter(
        ({ id, kernels, system }) => ofPrograms.includes(id) && kernels['6.18'] === 'shown' && system === undefined,
      );
      const runs = runProgramsHere(here.map(({ id }) => id));
      expect(runs).toHaveLength(2 * here.length);
      expect(otherwise(runs)).toEqual([]);
    },
    120_000,
  );

  const image = guestImage();
  const missing = typeof image === 'string' ? image : undefined;
  test.skipIf(missing !== undefined)(
    `on Linux 7.3, and their controls do not${missing ? ` [${missing}]` : ''}`,
    async () => {
      if (typeof image === 'string') return;
      const runs = await runProgramsInGuest(image, ofPrograms);
      expect(runs).toHaveLength(2 * ofPrograms.length);
      expect(otherwise(runs)).toEqual([]);
    },
    420_000,
  );

  test('is read from the console, a broken program and a skip for what they are', () => {
    const console = 'finding: a shown 0 it did\r\nfinding: a control 4 skip: no swap\r\nfinding: b shown 139 \r\n';
    expect(parseConsole(console).map(({ end }) => end)).toEqual(['shown', 'cannot', 'broken']);
    expect(otherwise(parseConsole(console)).map(({ id }) => id)).toEqual(['a', 'b']);
  });
});
