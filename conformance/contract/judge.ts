import { applyMutant, type Mutant } from '../../model/index.ts';
import { operationsOf } from '../../model/sequential/operations/index.ts';
import { Sequential } from '../../model/sequential/sequential.ts';
import { sessions, type SessionKind } from '../../model/sequential/session.ts';
import { sequentialWorld } from '../../model/sequential/world.ts';
import { designOf, type DesignName } from '../../spec/index.ts';
import { walkNearby, walkReachable, type Reached } from '../pairs.ts';
import { claims } from './claims/index.ts';
import { caseOf, situationOf, type Claim } from './claims/claim.ts';

/** What came of a claim in one kind of session. */
export type ClaimVerdict =
  | {
      readonly verdict: 'holds';
      /** States at rest that were looked at, and cases in them that the claim says something about. */
      readonly states: number;
      readonly cases: number;
    }
  | {
      readonly verdict: 'violated';
      /** The fewest operations that show it. */
      readonly operations: readonly string[];
      /** What the last of them returns, and what is seen then. */
      readonly shows: string;
    }
  | { readonly verdict: 'vacuous'; readonly states: number };

/** What came of a claim, session by session. */
export type JudgedClaim = ClaimVerdict & { readonly claim: string; readonly session: SessionKind };

/** How far to look: all states at rest, or those that are enough to meet every form of an entry. */
export type Extent = 'reachable' | 'nearby';

/** The model of a session, with what a mutant changes. */
export function sessionModel(design: DesignName, kind: SessionKind, mutant?: Mutant): Sequential {
  if (mutant === undefined) return new Sequential(designOf(design), kind);
  const { design: changed, changes } = applyMutant(mutant, 'mutant');
  return new Sequential(changed, kind, sequentialWorld(changed, kind, changes));
}

/** The operations on the shortest way to a state. */
function wayTo(reached: ReadonlyMap<number, Reached>, id: number): readonly string[] {
  const names: string[] = [];
  for (let at = reached.get(id); at?.operation !== undefined; at = reached.get(at.from ?? -1))
    names.unshift(at.operation);
  return names;
}

interface Progress {
  readonly claim: Claim;
  cases: number;
  broken: Extract<ClaimVerdict, { verdict: 'violated' }> | undefined;
}

/** Judges claims in one kind of session: every operation in every state, and every way that it may go. */
export function judgeSession(
  model: Sequential,
  extent: Extent,
  asked: readonly Claim[] = claims,
): readonly JudgedClaim[] {
  const session = sessions[model.kind];
  const arising = asked.filter(({ of }) => of?.(session) ?? true);
  const all: Progress[] = arising.map((claim) => ({ claim, cases: 0, broken: undefined }));
  const byId = new Map<number, Reached>();
  const names = operationsOf(model.kind).map(({ name }) => name);
  for (const state of extent === 'reachable' ? walkReachable(model) : walkNearby(model)) {
    const { id } = state;
    byId.set(id, state);
    if (all.every(({ broken }) => broken)) break;
    const before = situationOf(model, id);
    for (const name of names) {
      for (const way of model.outcomes(id, name)) {
        const one = caseOf(model, before, name, way);
        for (const progress of all) {
          if (progress.broken) continue;
          const kept = progress.claim.judge(one);
          if (kept !== undefined) progress.cases++;
          if (kept !== false) continue;
          const { ret, thread, entry } = way.observation;
          const shows = `returns ${ret}, thread ${thread}, ${entry.present ? 'present' : entry.swap ? 'elsewhere' : 'empty'}${entry.uffd ? ' with the bit' : ''}, reported ${entry.scan.join(' ') || 'nothing'}`;
          progress.broken = { verdict: 'violated', operations: [...wayTo(byId, id), name], shows };
        }
      }
    }
  }
  return all.map(({ claim, cases, broken }) => ({
    claim: claim.id,
    session: model.kind,
    ...(broken ??
      (cases > 0
        ? ({ verdict: 'holds', states: byId.size, cases } as const)
        : ({ verdict: 'vacuous', states: byId.size } as const))),
  }));
}
