import { isDesignName, designs } from '../../spec/index.ts';
import { UsageProblem } from '../problem.ts';
import { parseRecording, recorded } from '../recording.ts';
import { Judge } from './judge.ts';
import { explainedShareMax, type Disagrees } from './verdict.ts';

/** What judging a recording again came to. */
export interface JudgeResult {
  readonly schemaVersion: 1;
  readonly file: string;
  readonly kernel: string;
  readonly release: string;
  readonly design: string;
  readonly outcome: 'agrees' | 'disagrees' | 'incomplete';
  readonly sequences: number;
  readonly explained: { readonly sequences: number; readonly share: number };
  readonly disagreements: readonly { readonly id: string; readonly verdict: Disagrees }[];
  readonly incomplete: readonly { readonly id: string; readonly because: string }[];
  readonly largestBelief: number;
  readonly meanAllowed: number;
}

/**
 * Judges what a recording says once more, by the design that it names or by another.
 *
 * @throws UsageProblem when the text is no recording, or names a design that this version does not know
 */
export function rejudge(text: string, file: string, design?: string): JudgeResult {
  const recording = parseRecording(text, file);
  const name = design ?? recording.design;
  if (!isDesignName(name)) throw new UsageProblem(`${file} names the unknown design ${JSON.stringify(name)}`);
  const judge = new Judge(designs[name]);
  const disagreements: JudgeResult['disagreements'][number][] = [];
  const incomplete: JudgeResult['incomplete'][number][] = [];
  let explained = 0;
  const all = recorded(recording, file);
  for (const { sequence, seen } of all) {
    const verdict = judge.judge(sequence, seen);
    if (verdict.verdict === 'disagrees') disagreements.push({ id: sequence.id, verdict });
    else if (verdict.verdict === 'incomplete') incomplete.push({ id: sequence.id, because: verdict.because });
    else if (verdict.verdict === 'explained') explained++;
  }
  const share = all.length === 0 ? 0 : explained / all.length;
  const { counts } = judge;
  const refuted = disagreements.length > 0 || share > explainedShareMax;
  return {
    schemaVersion: 1,
    file,
    kernel: recording.kernel,
    release: recording.release,
    design: name,
    outcome: refuted ? 'disagrees' : incomplete.length > 0 || all.length === 0 ? 'incomplete' : 'agrees',
    sequences: all.length,
    explained: { sequences: explained, share },
    disagreements,
    incomplete,
    largestBelief: counts.largestBelief,
    meanAllowed: counts.pageSteps === 0 ? 0 : counts.allowed / counts.pageSteps,
  };
}
