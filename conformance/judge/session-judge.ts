import { context, entryForm } from '../../model/sequential/forms.ts';
import { operationByName } from '../../model/sequential/operations/index.ts';
import type { Alternative } from '../../model/sequential/outcome.ts';
import { Sequential } from '../../model/sequential/sequential.ts';
import { sequentialWorld } from '../../model/sequential/world.ts';
import type { SessionKind } from '../../model/sequential/session.ts';
import type { Design } from '../../spec/index.ts';
import type { SequenceSeen, StepSeen } from '../kernels/report.ts';
import { concerns, operationText, type Operation, type Sequence } from '../sequence.ts';
import type { JudgeOptions } from './options.ts';
import { couldNotRun, endedBadly } from './ended.ts';
import type { Belief, JudgeCounts, Met, RolesAt, Walked } from './belief.ts';
import { ownOnly, rolesInFailure, type Role } from './roles.ts';
import { metAt } from './elsewhere.ts';
import { describeSeen, matches, pageStep, valuesAfter, valuesBefore, type PageStep, type Values } from './seen.ts';
import type { Allowed, Disagrees, Judgement } from './verdict.ts';

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
    const rolesAt = this.#rolesAt(sequence, steps);
    for (let page = 0; page < sequence.pages; page++) {
      let last = '';
      for (const { before, step: i, after, met } of this.#walk(sequence, steps, page, rolesAt)) {
        const { name } = met.operation;
        if (after === 'refuted' || !concerns(met.operation, page)) continue;
        const from = formOf(before);
        const history = name.startsWith('touch') ? last : '';
        const roles = met.roles.filter((role) => role !== 'own');
        found.push([sequence.kind, history, from, name, ...roles, steps[i]?.ret, formOf(after)].join('/'));
        last = `${from}/${name}`;
      }
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
    if (couldNotRun(seen)) return endedBadly(sequence, seen);
    const short = seen.steps.findIndex(({ pages }) => pages.length !== sequence.pages);
    if (short >= 0) return { verdict: 'incomplete', because: `step ${short} does not tell of each page` };
    if (seen.end === 'ok' && seen.steps.length !== sequence.operations.length)
      return { verdict: 'incomplete', because: `${seen.steps.length} of ${sequence.operations.length} steps are told` };
    const explanations: string[] = [];
    const rolesAt = this.#rolesAt(sequence, seen.steps);
    for (let page = 0; page < sequence.pages; page++) {
      const verdict = this.#judgePage(sequence, seen.steps, page, rolesAt);
      if (verdict.verdict === 'explained') explanations.push(...verdict.by);
      else if (verdict.verdict !== 'agrees') return verdict;
    }
    if (seen.end !== 'ok') return endedBadly(sequence, seen);
    return explanations.length === 0 ? { verdict: 'agrees' } : { verdict: 'explained', by: explanations };
  }

  /**
   * The roles of each page in each step. They are of interest where a call on several pages failed: what explains the
   * pages at that moment says which of them let it fail. A page that nothing explains may have been any of it.
   */
  #rolesAt(sequence: Sequence, steps: readonly StepSeen[]): RolesAt {
    const several = steps.map(({ ret }, i) => {
      const { name, lo, hi } = sequence.operations[i] as Operation;
      return ret !== 0 && lo < hi ? operationByName.get(name)?.several : undefined;
    });
    if (several.every((one) => one === undefined)) return () => ownOnly;
    const roles: ((page: number) => readonly Role[])[] = [];
    const rolesAt: RolesAt = (step, page) => roles[step]?.(page) ?? ownOnly;
    const beliefs = Array.from({ length: sequence.pages }, (): Belief | 'refuted' => this.#initial);
    const walks = beliefs.map((_, page) => this.#walk(sequence, steps, page, rolesAt));
    for (const [i, { ret }] of steps.entries()) {
      const { name, lo, hi } = sequence.operations[i] as Operation;
      const one = several[i];
      if (one !== undefined) {
        const could = (page: number, wanted: string): boolean => this.#could(beliefs[page] ?? 'refuted', name, wanted);
        const checksFirst = this.model.design.decisions[one.checksFirst];
        const couldFail = (page: number): boolean => could(page, String(ret));
        roles[i] = rolesInFailure({ lo, hi, checksFirst, couldFail, couldPass: (page) => could(page, '0') });
      }
      walks.forEach((walk, page) => (beliefs[page] = walk.next().value?.after ?? 'refuted'));
    }
    return rolesAt;
  }

  /** True when a call on the page alone could have returned this; of a page that nothing explains, anything is true. */
  #could(belief: Belief | 'refuted', name: string, ret: string): boolean {
    if (belief === 'refuted') return true;
    return belief.states.some((id) => this.model.outcomes(id, name).some(({ observation }) => observation.ret === ret));
  }

  /** Follows one page through a sequence, as far as something explains it. */
  *#walk(sequence: Sequence, steps: readonly StepSeen[], page: number, rolesAt: RolesAt): Generator<Walked, undefined> {
    let belief = this.#initial;
    let values = fresh;
    for (const [i, step] of steps.entries()) {
      const operation = sequence.operations[i] as Operation;
      values = valuesBefore(step, operation, page, values);
      const shown = pageStep(step, operation, page, values);
      const met = metAt(operation, page, sequence.pages, rolesAt(i, page));
      const after = this.#after(belief, met, shown);
      yield { before: belief, step: i, after, shown, met };
      if (after === 'refuted') return undefined;
      belief = after;
      values = valuesAfter(step, operation, page, values);
    }
    return undefined;
  }

  #judgePage(sequence: Sequence, steps: readonly StepSeen[], page: number, rolesAt: RolesAt): Judgement {
    let refuted: Walked | undefined;
    let large = false;
    for (const walked of this.#walk(sequence, steps, page, rolesAt)) {
      if (walked.after === 'refuted') refuted = walked;
      else large ||= walked.after.states.length > this.#beliefMax;
    }
    if (large) return { verdict: 'incomplete', because: `more than ${this.#beliefMax} states explain page ${page}` };
    return refuted ? this.#secondLook(sequence, steps, refuted, rolesAt) : { verdict: 'agrees' };
  }

  /** What may have been seen of the page, and what of it is to be compared: a call that another page let fail says nothing here. */
  *#ways(id: number, { operation, page, roles, crowd }: Met, k: number): Generator<{ way: Alternative; own: boolean }> {
    if (!concerns(operation, page)) {
      for (const way of this.model.idle(id, k, crowd)) yield { way, own: true };
      return;
    }
    for (const role of roles) {
      if (role === 'own') for (const way of this.model.outcomes(id, operation.name, k, crowd)) yield { way, own: true };
      else if (role === 'spared') for (const way of this.model.idle(id, k, crowd)) yield { way, own: false };
      else {
        const name = operationByName.get(operation.name)?.several?.quietly ?? operation.name;
        for (const way of this.model.outcomes(id, name, k, crowd))
          if (way.observation.ret === '0') yield { way, own: false };
      }
    }
  }

  /** The ways that fit what was seen. */
  #fitting(id: number, met: Met, shown: PageStep, k: number): readonly Alternative[] {
    const elsewhere: PageStep = { ...shown, ret: undefined };
    const fitting: Alternative[] = [];
    for (const { way, own } of this.#ways(id, met, k)) {
      if (matches(way.observation, own ? shown : elsewhere)) fitting.push(way);
    }
    return fitting;
  }

  #after(belief: Belief, met: Met, shown: PageStep): Belief | 'refuted' {
    const own = concerns(met.operation, met.page) ? [met.operation.name, ...met.roles].join(' ') : '';
    const mine = met.crowd ? `${own}+` : own;
    this.#pageSteps++;
    this.#allowed += this.#allowedAt(belief, met, mine);
    if (own !== '') belief.done.set(met.operation.name, (belief.done.get(met.operation.name) ?? 0) + 1);
    const key = `${mine} ${shown.key}`;
    const known = belief.next.get(key);
    if (known !== undefined) return known;
    const states = belief.states.flatMap((id) => this.#fitting(id, met, shown, 0).map(({ next }) => next));
    const after = states.length === 0 ? ('refuted' as const) : this.#belief(states);
    belief.next.set(key, after);
    return after;
  }

  #allowedAt(belief: Belief, met: Met, mine: string): number {
    const known = belief.allowed.get(mine);
    if (known !== undefined) return known;
    const count = this.#distinct(belief, met).size;
    belief.allowed.set(mine, count);
    return count;
  }

  #distinct(belief: Belief, met: Met): ReadonlyMap<string, Allowed> {
    const distinct = new Map<string, Allowed>();
    for (const id of belief.states) {
      for (const { way } of this.#ways(id, met, 0)) {
        const key = JSON.stringify(way.observation);
        if (!distinct.has(key)) distinct.set(key, { observation: way.observation, because: way.because });
      }
    }
    return distinct;
  }

  /** Nothing explains it as it is: perhaps the environment did something unasked. */
  #secondLook(
    sequence: Sequence,
    steps: readonly StepSeen[],
    { before, step, shown, met }: Walked,
    rolesAt: RolesAt,
  ): Judgement {
    for (let k = 1; k <= this.#spontaneousMax; k++) {
      const by = this.#explain(sequence, steps, met.page, k, rolesAt);
      if (by !== undefined) return { verdict: 'explained', by };
    }
    const disagrees: Disagrees = {
      verdict: 'disagrees',
      page: met.page,
      step,
      operation: operationText(met.operation, sequence.kind, sequence.pages),
      seen: describeSeen(shown),
      allowed: [...this.#distinct(before, met).values()],
    };
    return disagrees;
  }

  /** The fewest environment steps, `k` at most in the whole sequence, that explain the page; undefined when none do. */
  #explain(
    sequence: Sequence,
    steps: readonly StepSeen[],
    page: number,
    k: number,
    rolesAt: RolesAt,
  ): readonly string[] | undefined {
    let belief = new Map<number, readonly string[]>([[this.model.initial, []]]);
    let values = fresh;
    for (const [i, step] of steps.entries()) {
      const operation = sequence.operations[i] as Operation;
      values = valuesBefore(step, operation, page, values);
      const shown = pageStep(step, operation, page, values);
      const met = metAt(operation, page, sequence.pages, rolesAt(i, page));
      const next = new Map<number, readonly string[]>();
      for (const [id, so] of belief) {
        for (const { next: to, spontaneous } of this.#fitting(id, met, shown, k - so.length)) {
          const all = [...so, ...spontaneous];
          const known = next.get(to);
          if (all.length <= k && (known === undefined || known.length > all.length)) next.set(to, all);
        }
      }
      if (next.size === 0) return undefined;
      belief = next;
      values = valuesAfter(step, operation, page, values);
    }
    return [...belief.values()].toSorted((a, b) => a.length - b.length)[0];
  }
}
