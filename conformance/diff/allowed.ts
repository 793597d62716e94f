import { entryForm } from '../../model/sequential/forms.ts';
import type { Design } from '../../spec/index.ts';
import { Judge } from '../judge/judge.ts';
import { matches } from '../judge/seen.ts';
import type { StepSeen } from '../kernels/report.ts';
import { concerns, type Operation } from '../sequence.ts';
import { stepsOf, type Parting } from './part.ts';
import { contrast } from './words.ts';

/** One of the two kernels. */
export type SideName = 'left' | 'right';

/** What the design that a kernel is judged by says of a parting. */
export class Contract {
  readonly #judge: Judge;
  /** Both kernels know the same categories of PAGEMAP_SCAN. */
  readonly #sameCategories: boolean;

  constructor(design: Design, sameCategories: boolean) {
    this.#judge = new Judge(design);
    this.#sameCategories = sameCategories;
  }

  /** True when the design of the kernel on this side allows what the other kernel showed, after what its own has shown. */
  allowsOther({ sequence, step, page, reports, scanApart }: Parting, side: SideName): boolean {
    const other = reports[side === 'left' ? 'right' : 'left'].steps[step];
    if (page === undefined || other === undefined) return false;
    const scans = this.#sameCategories && !scanApart;
    // What only PAGEMAP_SCAN tells cannot be judged where it tells in other words.
    if (!scans && contrast(page.left, page.right).aspect === 'scan') return false;
    const last = scans ? other : withoutScans(other);
    const steps = [...reports[side].steps.slice(0, step).map((own) => (scans ? own : withoutScans(own))), last];
    const cut = { ...sequence, operations: sequence.operations.slice(0, step + 1) };
    const { verdict } = this.#judge.judge(cut, { id: sequence.id, steps, end: 'ok' });
    return verdict === 'agrees' || verdict === 'explained';
  }

  /** The form of the page's entry before the operation at which the kernels part; undefined where nothing explains it. */
  form({ sequence, step, page, reports }: Parting, side: SideName): string | undefined {
    if (page === undefined) return undefined;
    const { model } = this.#judge.session(sequence.kind);
    let states: readonly number[] = [model.initial];
    const before = { ...reports[side], steps: reports[side].steps.slice(0, step) };
    for (const [i, shown] of stepsOf(sequence, before, page.index).entries()) {
      const operation = sequence.operations[i] as Operation;
      const next = states.flatMap((id) => {
        const ways = concerns(operation, page.index) ? model.outcomes(id, operation.name) : model.idle(id);
        return ways.filter(({ observation }) => matches(observation, shown)).map((way) => way.next);
      });
      states = [...new Set(next)];
    }
    return [...new Set(states.map((id) => entryForm(model.page(id))))].join(' or ') || undefined;
  }
}

function withoutScans(step: StepSeen): StepSeen {
  return { ...step, pages: step.pages.map((page) => ({ ...page, scan: null })) };
}
