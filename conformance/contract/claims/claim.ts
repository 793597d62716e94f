import type { Alternative, Observation } from '../../../model/sequential/outcome.ts';
import type { PageState } from '../../../model/sequential/observe.ts';
import type { Sequential } from '../../../model/sequential/sequential.ts';
import { sessions, type Session } from '../../../model/sequential/session.ts';

/** A state at rest. */
export interface Situation extends PageState {
  readonly id: number;
  readonly around: ReturnType<Sequential['surroundings']>;
}

/** One operation in a state, and one way that it may go. */
export interface Case {
  readonly session: Session;
  readonly before: Situation;
  readonly operation: string;
  readonly seen: Observation;
  readonly after: Situation;
  /** What the last of some operations may do afterwards. */
  readonly then: (...operations: readonly string[]) => readonly Alternative[];
}

/** A claim of a line of the contract, judged of every operation in every state at rest. */
export interface Claim {
  /** Stable. */
  readonly id: string;
  /** What must be so. */
  readonly says: string;
  /** The sessions in which it can arise; all when left out. */
  readonly of?: (session: Session) => boolean;
  /** Whether a case keeps or breaks it; undefined where it says nothing about the case. */
  readonly judge: (one: Case) => boolean | undefined;
}

/** The situation that a state is. */
export const situationOf = (model: Sequential, id: number): Situation => ({
  id,
  ...model.page(id),
  around: model.surroundings(id),
});

/** The case of one way of an operation. */
export const caseOf = (model: Sequential, before: Situation, operation: string, way: Alternative): Case => ({
  session: sessions[model.kind],
  before,
  operation,
  seen: way.observation,
  after: situationOf(model, way.next),
  then: (...operations) =>
    operations.reduce<readonly Alternative[]>(
      (ways, next) => ways.flatMap((one) => model.outcomes(one.next, next)),
      [way],
    ),
});

/** Sessions about RWP. */
export const ofRwp = ({ protection }: Session): boolean => protection === 'rwp';
/** Sessions whose memory is anonymous. */
export const ofAnon = ({ backing }: Session): boolean => backing === 'anon';
/** Sessions whose memory is that of a shared file. */
export const ofShmem = ({ backing }: Session): boolean => backing === 'shmem';

/** The VMA has RWP. */
export const inRwp = ({ registration }: Situation): boolean =>
  ['rwp', 'both'].includes(registration['protection'] ?? '');
/** The VMA has WP. */
export const inWp = ({ registration }: Situation): boolean => ['wp', 'both'].includes(registration['protection'] ?? '');
/** An entry of the form. */
export const isForm = ({ entry }: Situation, ...forms: readonly string[]): boolean =>
  forms.includes(entry['form'] ?? '');
/** The entry has the bit, or is a marker. */
export const marked = ({ entry }: Situation): boolean => entry['uffd'] === 'uffd';
/** The entry of a page, or of WP for want of one, is marked, and its VMA has a protection. */
export const armed = (s: Situation): boolean =>
  marked(s) && isForm(s, 'present', 'swap', 'migration', 'marker') && (inRwp(s) || inWp(s));
/** The thread is not in the middle of an access. */
export const idle = ({ around }: Situation): boolean => around.thread === 'idle';
/** The kernel resolves faults of this protection by itself. */
export const resolvesAlone = (s: Situation): boolean => (inRwp(s) ? s.around.async : s.wpAsync);
/** The access was made, not refused. */
export const completes = ({ seen }: Case): boolean =>
  seen.thread === 'done' && (seen.access?.kind === 'read' || seen.access?.kind === 'write');
/** An access to a page. */
export const touches = ({ operation }: Case): boolean => operation === 'touch r' || operation === 'touch w';
/** The entry, the VMA and the thread are as they were. */
export const unchanged = ({ before, after }: Case): boolean => before.id === after.id;
/** Values of regions that are as they were. */
export const keeps = ({ before, after }: Case, ...regions: readonly string[]): boolean =>
  regions.every((region) => before.entry[region] === after.entry[region]);
