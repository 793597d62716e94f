import { context, entryForm } from '../../model/sequential/forms.ts';
import type { Alternative } from '../../model/sequential/outcome.ts';
import { Sequential } from '../../model/sequential/sequential.ts';
import { sequentialWorld } from '../../model/sequential/world.ts';
import type { SessionKind } from '../../model/sequential/session.ts';
import type { Design } from '../../spec/index.ts';
import type { SequenceSeen, StepSeen } from '../kernels/report.ts';
import { concerns, operationText, type Operation, type Sequence } from '../sequence.ts';
import type { JudgeOptions } from './options.ts';
import { describeSeen, matches, pageStep, valuesAfter, valuesBefore, type PageStep, type Values } from './seen.ts';
import type { Allowed, Disagrees, Judgement } from './verdict.ts';

/** How much the judge had to consider, over all sequences so far. */
export interface JudgeCounts {
  /** The most states that explained what was seen of one page. */
  readonly largestBelief: number;
  /** Steps of one page that were judged, and how many observations the model allowed at them in all. */
  readonly pageSteps: number;
  readonly allowed: number;
}

/** The states of one page that explain what was seen, and what they lead to; each set once. */
interface Belief {
  readonly states: readonly number[];
  readonly next: Map<string, Belief | 'refuted'>;
  readonly allowed: Map<string, number>;
  /** How often each operation was done to the page here. */
  readonly done: Map<string, number>;
}

const fresh: Values = { newest: 0, saved: 0, asked: 'read' };

/** Judges sequences of one kind of session by one design. It only gets quicker: everything is remembered. */
export class SessionJudge {
  readonly model: Sequential;
  readonly #beliefs = new Map<string, Belief>();
  readonly #initial: Belief;
  readonly #spontaneousMax: number;
  readonly #beliefMax: number;
  #largest = 1;
  #pageSteps = 0;
  #allowed = 0;

  constructor(
    design: Design,
    kind: SessionKind,
    { spontaneousMax = 2, beliefMax = 4096, rules = {} }: JudgeOptions = {},
  ) {
    this.model = new Sequential(design, kind, sequentialWorld(design, kind, rules));
    this.#spontaneousMax = spontaneousMax;
    this.#beliefMax = beliefMax;
    this.#initial = this.#belief([this.model.initial]);
  }

  /** What it had to consider so far. */
  get counts(): JudgeCounts {
    return { largestBelief: this.#largest, pageSteps: this.#pageSteps, allowed: this.#allowed };
  }

  /** How often each operation met each form of the entry, by `form/operation`. */
  pairs(): ReadonlyMap<string, number> {
    const pairs = new Map<string, number>();
    for (const { states, done } of this.#beliefs.values()) {
      const forms = new Set(states.map((id) => entryForm(this.model.page(id))));
      for (const [operation, times] of done) {
        for (const form of forms) {
          const pair = `${form}/${operation}`;
          pairs.set(pair, (pairs.get(pair) ?? 0) + times);
        }
      }
    }
    return pairs;
  }

  /**
   * What a sequence goes through: each operation with the form before and after it. An access comes with the operation
   * before it too: it is what shows whether that one has done its work.
   */
  transitions(sequence: Sequence, { steps }: SequenceSeen): readonly string[] {
    const found: string[] = [];
    const formOf = ({ states }: Belief): string =>
      states.map((id) => `${entryForm(this.model.page(id))}@${context(this.model, id)}`).join('|');
    for (let page = 0; page < sequence.pages; page++) {
      let last = '';
      this.#follow(sequence, steps, page, (before, i, after) => {
        const { name, ...where } = sequence.operations[i] as Operation;
        if (after === 'refuted' || !concerns({ name, ...where }, page)) return;
        const from = formOf(before);
        const history = name.startsWith('touch') ? last : '';
        found.push([sequence.kind, history, from, name, steps[i]?.ret, formOf(after)].join('/'));
        last = `${from}/${name}`;
      });
    }
    return found;
  }

  #belief(states: readonly number[]): Belief {
    const sorted = [...new Set(states)].toSorted((a, b) => a - b);
    const key = sorted.join(',');
    const known = this.#beliefs.get(key);
    if (known !== undefined) return known;
    const belief: Belief = { states: sorted, next: new Map(), allowed: new Map(), done: new Map() };
    this.#beliefs.set(key, belief);
    this.#largest = Math.max(this.#largest, sorted.length);
    return belief;
  }

  /** Judges what a kernel showed of a sequence. */
  judge(sequence: Sequence, seen: SequenceSeen): Judgement {
    if (seen.end === 'ok' && seen.steps.length !== sequence.operations.length)
      return { verdict: 'incomplete', because: `${seen.steps.length} of ${sequence.operations.length} steps are told` };
    const explanations: string[] = [];
    for (let page = 0; page < sequence.pages; page++) {
      const verdict = this.#judgePage(sequence, seen.steps, page);
      if (verdict.verdict === 'explained') explanations.push(...verdict.by);
      else if (verdict.verdict !== 'agrees') return verdict;
    }
    if (seen.end !== 'ok') return endedBadly(sequence, seen);
    return explanations.length === 0 ? { verdict: 'agrees' } : { verdict: 'explained', by: explanations };
  }

  /** Follows one page through a sequence, as far as something explains it. */
  #follow(
    sequence: Sequence,
    steps: readonly StepSeen[],
    page: number,
    visit: (before: Belief, step: number, after: Belief | 'refuted', shown: PageStep) => void,
  ): void {
    let belief = this.#initial;
    let values = fresh;
    for (const [i, step] of steps.entries()) {
      const operation = sequence.operations[i] as Operation;
      values = valuesBefore(step, operation, page, values);
      const shown = pageStep(step, operation, page, values);
      const next = this.#after(belief, operation, page, shown);
      visit(belief, i, next, shown);
      if (next === 'refuted') return;
      belief = next;
      values = valuesAfter(step, operation, page, values);
    }
  }

  #judgePage(sequence: Sequence, steps: readonly StepSeen[], page: number): Judgement {
    let refuted: { belief: Belief; step: number; shown: PageStep } | undefined;
    let large = false;
    this.#follow(sequence, steps, page, (belief, step, after, shown) => {
      if (after === 'refuted') refuted = { belief, step, shown };
      else large ||= after.states.length > this.#beliefMax;
    });
    if (large) return { verdict: 'incomplete', because: `more than ${this.#beliefMax} states explain page ${page}` };
    return refuted ? this.#secondLook(sequence, steps, page, refuted) : { verdict: 'agrees' };
  }

  #alternatives(id: number, operation: Operation, page: number, k: number): readonly Alternative[] {
    return concerns(operation, page) ? this.model.outcomes(id, operation.name, k) : this.model.idle(id, k);
  }

  #after(belief: Belief, operation: Operation, page: number, shown: PageStep): Belief | 'refuted' {
    const mine = concerns(operation, page) ? operation.name : '';
    this.#pageSteps++;
    this.#allowed += this.#allowedAt(belief, operation, page, mine);
    if (mine !== '') belief.done.set(mine, (belief.done.get(mine) ?? 0) + 1);
    const key = `${mine} ${shown.key}`;
    const known = belief.next.get(key);
    if (known !== undefined) return known;
    const states = belief.states.flatMap((id) =>
      this.#alternatives(id, operation, page, 0)
        .filter(({ observation }) => matches(observation, shown))
        .map(({ next }) => next),
    );
    const after = states.length === 0 ? ('refuted' as const) : this.#belief(states);
    belief.next.set(key, after);
    return after;
  }

  #allowedAt(belief: Belief, operation: Operation, page: number, mine: string): number {
    const known = belief.allowed.get(mine);
    if (known !== undefined) return known;
    const count = this.#distinct(belief, operation, page).size;
    belief.allowed.set(mine, count);
    return count;
  }

  #distinct(belief: Belief, operation: Operation, page: number): ReadonlyMap<string, Allowed> {
    const distinct = new Map<string, Allowed>();
    for (const id of belief.states) {
      for (const { observation, because } of this.#alternatives(id, operation, page, 0)) {
        const key = JSON.stringify(observation);
        if (!distinct.has(key)) distinct.set(key, { observation, because });
      }
    }
    return distinct;
  }

  /** Nothing explains it as it is: perhaps the environment did something unasked. */
  #secondLook(
    sequence: Sequence,
    steps: readonly StepSeen[],
    page: number,
    refuted: { readonly belief: Belief; readonly step: number; readonly shown: PageStep },
  ): Judgement {
    for (let k = 1; k <= this.#spontaneousMax; k++) {
      const by = this.#explain(sequence, steps, page, k);
      if (by !== undefined) return { verdict: 'explained', by };
    }
    const operation = sequence.operations[refuted.step] as Operation;
    const disagrees: Disagrees = {
      verdict: 'disagrees',
      page,
      step: refuted.step,
      operation: operationText(operation, sequence.kind),
      seen: describeSeen(refuted.shown),
      allowed: [...this.#distinct(refuted.belief, operation, page).values()],
    };
    return disagrees;
  }

  /** The fewest environment steps, `k` at most in the whole sequence, that explain the page; undefined when none do. */
  #explain(sequence: Sequence, steps: readonly StepSeen[], page: number, k: number): readonly string[] | undefined {
    let belief = new Map<number, readonly string[]>([[this.model.initial, []]]);
    let values = fresh;
    for (const [i, step] of steps.entries()) {
      const operation = sequence.operations[i] as Operation;
      values = valuesBefore(step, operation, page, values);
      const shown = pageStep(step, operation, page, values);
      const next = new Map<number, readonly string[]>();
      for (const [id, so] of belief) {
        for (const { observation, next: to, spontaneous } of this.#alternatives(id, operation, page, k - so.length)) {
          const all = [...so, ...spontaneous];
          const known = next.get(to);
          if (all.length > k || (known !== undefined && known.length <= all.length)) continue;
          if (matches(observation, shown)) next.set(to, all);
        }
      }
      if (next.size === 0) return undefined;
      belief = next;
      values = valuesAfter(step, operation, page, values);
    }
    return [...belief.values()].toSorted((a, b) => a.length - b.length)[0];
  }
}

/** A sequence that did not end as it should: the step that it ended in is not explained by anything. */
function endedBadly(sequence: Sequence, { end, error, steps }: SequenceSeen): Judgement {
  if (end === 'fork' || end === 'set-up' || end === 'bad' || end === 'overflow')
    return { verdict: 'incomplete', because: `the runner could not run it: ${end} ${error ?? ''}`.trim() };
  const operation = sequence.operations[steps.length];
  return {
    verdict: 'disagrees',
    page: operation?.lo ?? 0,
    step: steps.length,
    operation: operation ? operationText(operation, sequence.kind) : 'the end',
    seen: `the sequence ended with ${end}`,
    allowed: [],
  };
}

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
