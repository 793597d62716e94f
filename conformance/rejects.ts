import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';
import type { RulesChanged } from '../model/sequential/world.ts';
import type { Design } from '../spec/index.ts';
import { Judge } from './judge/judge.ts';
import { parseRecording, recorded, type Recorded } from './recording.ts';
import { packageRoot } from './runner/build.ts';

/** Whether what real kernels showed refutes a design, and where. */
export type Rejection =
  | { readonly rejected: false; readonly sequences: number }
  | {
      readonly rejected: true;
      /** The recording, and the sequence in it. */
      readonly recording: string;
      readonly sequence: string;
      readonly step: number;
      readonly operation: string;
      readonly seen: string;
      /** How many sequences were judged before this one. */
      readonly sequences: number;
    };

/** Observations of real kernels that come with the project. */
export interface RecordingFile {
  readonly name: string;
  readonly design: string;
  readonly made: string;
  readonly release: string;
  readonly all: readonly Recorded[];
}

let known: readonly RecordingFile[] | undefined;

/** The recordings that come with the project; each file says which command made it. */
export function recordings(): readonly RecordingFile[] {
  const folder = join(packageRoot(), 'conformance', 'recordings');
  known ??= readdirSync(folder)
    .filter((name) => name.endsWith('.json.gz'))
    .toSorted()
    .map((name) => {
      const recording = parseRecording(gunzipSync(readFileSync(join(folder, name))).toString('utf8'), name);
      const { design, made, release } = recording;
      return { name, design, made, release, all: recorded(recording, name) };
    });
  return known;
}

/**
 * Judges the recordings of the kernels that a design claims to describe. They were made where nothing else ran, so that
 * no environment step may be assumed that nobody asked for.
 */
export function rejectsByRecordings(
  design: Design,
  files: readonly RecordingFile[] = recordings(),
  rules: RulesChanged = {},
): Rejection {
  let sequences = 0;
  const judge = new Judge(design, { spontaneousMax: 0, rules });
  for (const { name, all } of files.filter((file) => file.design === design.name)) {
    for (const { sequence, seen } of all) {
      const verdict = judge.judge(sequence, seen);
      if (verdict.verdict === 'disagrees') {
        const { step, operation, seen: shown } = verdict;
        return { rejected: true, recording: name, sequence: sequence.id, step, operation, seen: shown, sequences };
      }
      sequences++;
    }
  }
  return { rejected: false, sequences };
}
