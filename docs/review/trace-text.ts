/** One step of a counterexample, as its text says it. */
export interface ShownStep {
  readonly actor: string;
  /** The kernel function, without brackets; none for a step of a program or of the hardware. */
  readonly kernelFunction?: string;
  readonly says: string;
  /** What it changed: a name, and `old -> new`. */
  readonly changes: readonly (readonly [name: string, change: string])[];
}

/** A counterexample taken apart: the claim first, the replay line last. */
export interface ShownTrace {
  readonly claim: string;
  readonly model: string;
  readonly steps: readonly ShownStep[];
  readonly replay: string;
}

function stepOf(line: string): ShownStep | undefined {
  const [, actor, kernelFunction, says] = /^ +\d+ {2}(\S+)(?: (\S+)\(\))? {2}(\S.*)$/u.exec(line) ?? [];
  if (actor === undefined || says === undefined) return undefined;
  return { actor, says, changes: [], ...(kernelFunction !== undefined && { kernelFunction }) };
}

function changeOf(line: string): readonly [string, string] | undefined {
  const [, name, change] = /^ {6,}(\S+) +(\S.* -> .*)$/u.exec(line) ?? [];
  return name === undefined || change === undefined ? undefined : [name, change];
}

/**
 * Takes apart the text of a counterexample, which is what the report carries of the changes.
 *
 * @throws Error at a line that is neither a step nor a change: nothing is left out silently.
 */
export function readTrace(text: string): ShownTrace {
  const lines = text.split('\n');
  const [claim = '', model = '', , ...rest] = lines;
  const replay = rest.at(-1) ?? '';
  if (!claim.startsWith('violated: ') || !model.startsWith('model: ') || !replay.startsWith('replay: '))
    throw new Error(`this is not the text of a counterexample: ${claim}`);
  const steps: ShownStep[] = [];
  for (const line of rest.slice(0, -2)) {
    const last = steps.at(-1);
    const change = last && changeOf(line);
    const step = change ? undefined : stepOf(line);
    if (step) steps.push(step);
    else if (change && last) steps[steps.length - 1] = { ...last, changes: [...last.changes, change] };
    else throw new Error(`neither a step nor a change: ${line}`);
  }
  const after = (line: string): string => line.replace(/^\w+: +/u, '');
  return { claim: after(claim), model: after(model), steps, replay: after(replay) };
}

/** True for the name of a page-table entry or of a part of one. */
export function isEntry(name: string): boolean {
  return name.startsWith('pte[');
}

/** True for a ghost: what was promised, which no step of the kernel reads. Its name begins with its property. */
export function isGhost(name: string): boolean {
  return /^[A-Z][A-Z0-9]*\./u.test(name);
}
