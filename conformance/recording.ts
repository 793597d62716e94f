import { gzipSync } from 'node:zlib';
import { UsageProblem } from './problem.ts';
import type { PageSeen, SequenceSeen, StepSeen } from './kernels/report.ts';
import { operationText, parseOperation, type Operation, type Sequence } from './sequence.ts';
import { type SessionKind, sessionKinds } from '../model/sequential/session.ts';

/** The version of the format that `--record` writes. */
export const recordingVersion = 1;

/** One step: the operation, what it returned, the numbers of what was seen of each page, and what else there was. */
type RecordedStep = readonly [string, StepSeen['ret'], readonly number[], Extras?];
type Extras = Partial<Pick<StepSeen, 'out' | 'msgs'>>;

/** Observations of a kernel, written down so that they can be judged again. */
export interface Recording {
  readonly schemaVersion: number;
  /** What the kernel was called, and its `uname -r`. */
  readonly kernel: string;
  readonly release: string;
  /** The design that it was judged by. */
  readonly design: string;
  /** How the recording was made. */
  readonly made: string;
  /** Everything that was ever seen of a page; steps name these by number. */
  readonly seen: readonly PageSeen[];
  readonly sequences: readonly {
    readonly id: string;
    readonly kind: SessionKind;
    readonly pages: number;
    readonly end: string;
    readonly steps: readonly RecordedStep[];
    /** Operations that were asked for and not reached. */
    readonly missing?: readonly string[];
  }[];
}

/** A sequence and what a kernel showed of it. */
export interface Recorded {
  readonly sequence: Sequence;
  readonly seen: SequenceSeen;
}

/** Collects what is to be written down. */
export class Recorder {
  readonly #seen: PageSeen[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #sequences: Recording['sequences'][number][] = [];

  /** Adds a sequence and what was seen of it. */
  add({ sequence, seen }: Recorded): void {
    const steps = seen.steps.map((step): RecordedStep => {
      const extras: Extras = {
        ...(step.out !== undefined && keepsOut(step.op) && { out: step.out }),
        ...(step.msgs !== undefined && step.msgs.length > 0 && { msgs: step.msgs }),
      };
      const pages = step.pages.map((page) => this.#number(page));
      return Object.keys(extras).length === 0 ? [step.op, step.ret, pages] : [step.op, step.ret, pages, extras];
    });
    const rest = sequence.operations.slice(steps.length).map((o) => operationText(o, sequence.kind, sequence.pages));
    const { id, kind, pages } = sequence;
    const missing = rest.length === 0 ? {} : { missing: rest };
    this.#sequences.push({ id, kind, pages, end: seen.end, steps, ...missing });
  }

  #number(page: PageSeen): number {
    const key = JSON.stringify(page);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#seen.length);
    return this.#seen.push(page) - 1;
  }

  /** The recording, as text: one line for each thing seen and for each sequence. */
  text(head: Pick<Recording, 'kernel' | 'release' | 'design' | 'made'>): string {
    const list = (items: readonly unknown[]): string => items.map((item) => JSON.stringify(item)).join(',\n');
    const { kernel, release, design, made } = head;
    const opening = JSON.stringify({ schemaVersion: recordingVersion, kernel, release, design, made }).slice(0, -1);
    return `${opening},\n"seen":[\n${list(this.#seen)}\n],\n"sequences":[\n${list(this.#sequences)}\n]}\n`;
  }

  /** The recording as it is written to a file of this name: packed, if the name ends with `.gz`. */
  bytes(name: string, head: Pick<Recording, 'kernel' | 'release' | 'design' | 'made'>): Uint8Array {
    const text = this.text(head);
    return name.endsWith('.gz') ? gzipSync(text, { level: 9 }) : Buffer.from(text);
  }
}

/** Output fields that the judge looks at; the others are the kernel's feature words. */
function keepsOut(op: string): boolean {
  return !/^(api|register)/.test(op);
}

/**
 * Reads a recording.
 *
 * @throws UsageProblem when the text is no recording of this version
 */
export function parseRecording(text: string, name: string): Recording {
  let value: Partial<Recording>;
  try {
    value = JSON.parse(text) as Partial<Recording>;
  } catch {
    throw new UsageProblem(`${name} is no whole JSON document: expected a recording, as 'run --record' writes it`);
  }
  if (value === null || typeof value !== 'object' || value.schemaVersion !== recordingVersion) {
    const version = JSON.stringify(value?.schemaVersion ?? null);
    throw new UsageProblem(
      `${name} has schemaVersion ${version}: expected a recording with schemaVersion ${recordingVersion}`,
    );
  }
  if (!Array.isArray(value.seen) || !Array.isArray(value.sequences) || typeof value.design !== 'string') {
    throw new UsageProblem(`${name} is no recording: expected 'design', 'seen' and 'sequences'`);
  }
  return value as Recording;
}

/**
 * Looks at what no operation can have returned, and at pages that are missing.
 *
 * @throws UsageProblem that says which step it is
 */
function checkStep(where: string, ret: unknown, numbers: unknown, pages: number): void {
  if (ret !== 0 && !(typeof ret === 'string' && /^(E[A-Z0-9]+|errno \d+)$/u.test(ret)))
    throw new UsageProblem(`${where} returned ${JSON.stringify(ret)}: expected 0 or the name of an errno`);
  const told = Array.isArray(numbers) ? numbers.length : 0;
  if (told !== pages) throw new UsageProblem(`${where} tells of ${told} pages: expected ${pages}`);
}

/**
 * The sequences of a recording with what was seen of them.
 *
 * @throws UsageProblem when it names an operation that the model does not know
 */
export function recorded(recording: Recording, name: string): readonly Recorded[] {
  const operation = (text: string, kind: SessionKind, pages: number): Operation => {
    const found = parseOperation(text, kind, pages);
    if (found === undefined) throw new UsageProblem(`${name}: unknown operation ${JSON.stringify(text)}`);
    return found;
  };
  return recording.sequences.map(({ id, kind, pages, end, steps, missing = [] }) => {
    if (!sessionKinds.includes(kind))
      throw new UsageProblem(`${name}: unknown kind of session ${JSON.stringify(kind)}`);
    const operations = [...steps.map(([op]) => op), ...missing].map((op) => operation(op, kind, pages));
    const seen = steps.map(([op, ret, numbers, extras], i): StepSeen => {
      if (op !== 'set-up') checkStep(`${name}: sequence ${id}, step ${i}`, ret, numbers, pages);
      const shown = numbers.map((number) => {
        const page = recording.seen[number];
        if (page === undefined) throw new UsageProblem(`${name}: nothing was seen under number ${number}`);
        return page;
      });
      return { op, ret, pages: shown, ...(op === 'read' && ret === 0 && { msgs: [] }), ...extras };
    });
    return { sequence: { id, kind, pages, operations }, seen: { id, steps: seen, end } };
  });
}
