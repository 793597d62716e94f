import { documents, standings } from '../../spec/index.ts';
import type { JudgedClaim } from './judge.ts';
import type { JudgedLine, RaceAnswer } from './verdict.ts';

const marks = { holds: '✓', violated: '✗', vacuous: '∅', incomplete: '…', 'not judged': '–' } as const;

/** Where a line stands, and the words that say so. */
export function sourceText({ line }: JudgedLine): string {
  const { source } = line;
  const kind = `${source.standing} (${standings[source.standing].means})`;
  switch (source.standing) {
    case 'P':
      return `${kind}: ${documents[source.document]}: "${source.sentence}"`;
    case 'C':
      return `${kind}: ${source.comment.path} ${source.comment.name}(): ${source.says}`;
    case 'B':
      return kind;
  }
}

function claimText(judged: JudgedClaim): string {
  const where = `${judged.claim} (${judged.session})`;
  switch (judged.verdict) {
    case 'holds':
      return `✓ ${where}: ${judged.cases} cases in ${judged.states} states`;
    case 'vacuous':
      return `∅ ${where}: never arises in ${judged.states} states`;
    case 'violated':
      return `✗ ${where}: ${judged.operations.join(' | ')}: ${judged.shows}`;
  }
}

function raceText({ property, scenario, variant, verdict, steps, claim, replay }: RaceAnswer): string {
  const what = steps === undefined ? '' : `, ${steps} steps: ${claim ?? ''}`;
  const again = replay === undefined ? '' : `\n        ${replay}`;
  return `${marks[verdict]} ${property} in ${scenario} (${variant})${what}${again}`;
}

/** One line of the contract as text: what is promised, where it stands, and what came of it. */
export function lineText(judged: JudgedLine, details: boolean): string {
  const { line, verdict, claims, races, without, findings } = judged;
  const { judging } = line;
  const head = `${marks[verdict]} ${String(line.number).padStart(2)} ${line.source.standing} ${line.id}: ${verdict}`;
  const limits = [
    ...(judging.kind === 'not-yet' ? [`not judged: ${judging.because}`] : []),
    ...(judging.kind === 'judged' && judging.without !== undefined ? [`not judged: ${judging.without}`] : []),
    ...without.map((id) => `not judged: ${id} (no session of this design has that memory)`),
    ...findings.map((id) => `a kernel breaks it: finding ${id}`),
  ];
  const parts = [...claims.map(claimText), ...races.map(raceText)];
  const shown = details ? [...parts, ...limits] : [...parts.filter((part) => !/^[✓∅]/u.test(part)), ...limits];
  const body = [line.says, ...(details ? [sourceText(judged)] : []), ...shown];
  return [head, ...body.map((text) => `      ${text}`)].join('\n');
}

/** One line of the contract in `check contract --json`. */
export function lineJson({ line, verdict, claims, races, without, findings }: JudgedLine): object {
  const { number, id, says, source, judging } = line;
  return {
    number,
    id,
    says,
    standing: source.standing,
    ...(source.standing === 'P' && { document: documents[source.document], sentence: source.sentence }),
    verdict,
    ...(judging.kind === 'not-yet' && { because: judging.because }),
    claims,
    races,
    without,
    findings,
  };
}
