import type { Judge } from './judge/judge.ts';
import type { Recorded } from './recording.ts';

/**
 * The sequences that are worth keeping: each shows some step that none before it has shown. Those that show many come
 * first, so that few are needed.
 */
export function cover(all: readonly Recorded[], judge: Judge, sequencesMax: number): readonly Recorded[] {
  const shows = all.map((recorded) => ({
    recorded,
    steps: new Set(judge.session(recorded.sequence.kind).transitions(recorded.sequence, recorded.seen)),
  }));
  const shown = new Set<string>();
  const kept: Recorded[] = [];
  for (const least of [8, 4, 2, 1]) {
    for (const { recorded, steps } of shows) {
      if (kept.length >= sequencesMax) return kept;
      const fresh = [...steps].filter((step) => !shown.has(step));
      if (fresh.length < least) continue;
      kept.push(recorded);
      fresh.forEach((step) => shown.add(step));
    }
  }
  return kept;
}
