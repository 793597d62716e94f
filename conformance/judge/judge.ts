import type { SessionKind } from '../../model/sequential/session.ts';
import type { Design } from '../../spec/index.ts';
import type { SequenceSeen } from '../kernels/report.ts';
import type { Sequence } from '../sequence.ts';
import type { JudgeOptions } from './options.ts';
import type { JudgeCounts } from './belief.ts';
import { SessionJudge } from './session-judge.ts';
import type { Judgement } from './verdict.ts';

/** Judges sequences of every kind by one design. */
export class Judge {
  readonly design: Design;
  readonly #options: JudgeOptions;
  readonly #sessions = new Map<SessionKind, SessionJudge>();

  constructor(design: Design, options: JudgeOptions = {}) {
    this.design = design;
    this.#options = options;
  }

  /** The judge of one kind of session. */
  session(kind: SessionKind): SessionJudge {
    const known = this.#sessions.get(kind) ?? new SessionJudge(this.design, kind, this.#options);
    this.#sessions.set(kind, known);
    return known;
  }

  /** Judges what a kernel showed of a sequence. */
  judge(sequence: Sequence, seen: SequenceSeen): Judgement {
    return this.session(sequence.kind).judge(sequence, seen);
  }

  /** How often each operation met each form of the entry, by `kind/form/operation`. */
  pairs(): ReadonlyMap<string, number> {
    const entries = [...this.#sessions].flatMap(([kind, session]) =>
      [...session.pairs()].map(([pair, times]): [string, number] => [`${kind}/${pair}`, times]),
    );
    return new Map(entries.toSorted(([a], [b]) => a.localeCompare(b)));
  }

  /** What all sessions had to consider so far. */
  get counts(): JudgeCounts {
    const all = [...this.#sessions.values()].map((session) => session.counts);
    return {
      largestBelief: Math.max(0, ...all.map((c) => c.largestBelief)),
      pageSteps: all.reduce((sum, c) => sum + c.pageSteps, 0),
      allowed: all.reduce((sum, c) => sum + c.allowed, 0),
    };
  }
}
