import { operationByName, pageOperations, type OperationName } from '../model/sequential/operations/index.ts';
import { type SessionKind, sessionFeatures, sessions } from '../model/sequential/session.ts';

/** One operation of a sequence: what is done, and to which pages, both ends included. */
export interface Operation {
  readonly name: OperationName;
  readonly lo: number;
  readonly hi: number;
}

/** Operations in order, on the pages of one session. */
export interface Sequence {
  /** Without blanks. */
  readonly id: string;
  readonly kind: SessionKind;
  readonly pages: number;
  readonly operations: readonly Operation[];
}

/** An operation as the runner reads it: the pages come after the verb. */
export function operationText({ name, lo, hi }: Operation, kind: SessionKind): string {
  if (name === 'api') return `api ${sessionFeatures(kind).join(',')}`;
  const [verb = '', ...rest] = name.split(' ');
  const places = { page: [String(lo)], range: [String(lo), String(hi)], session: [] };
  const reach = operationByName.get(name)?.reach;
  if (reach === undefined) throw new Error(`unknown operation ${name}`);
  return [verb, ...places[reach], ...rest].join(' ');
}

/** A sequence as the line that the runner reads. */
export function sequenceLine({ id, kind, pages, operations }: Sequence): string {
  const { backing } = sessions[kind];
  const memory = backing === 'anon' ? '' : `${backing} `;
  return `${id} ${pages} ${memory}${operations.map((operation) => operationText(operation, kind)).join(' | ')}`;
}

/** The operation behind a text of the runner's, or undefined where the model has none. */
export function parseOperation(text: string, kind: SessionKind, pages: number): Operation | undefined {
  const session = { lo: 0, hi: pages - 1 };
  if (text === operationText({ name: 'api', ...session }, kind)) return { name: 'api', ...session };
  for (const { name, reach } of pageOperations) {
    const [verb = '', ...rest] = name.split(' ');
    const words = text.split(' ');
    const places = reach === 'session' ? 0 : reach === 'page' ? 1 : 2;
    if (words[0] !== verb || words.slice(1 + places).join(' ') !== rest.join(' ') || name === 'api') continue;
    const [lo = 0, hi = lo] = words.slice(1, 1 + places).map(Number);
    if (!Number.isInteger(lo) || !Number.isInteger(hi)) continue;
    return reach === 'session' ? { name, ...session } : { name, lo, hi };
  }
  return undefined;
}

/** True when an operation concerns a page. */
export function concerns({ lo, hi }: Operation, page: number): boolean {
  return lo <= page && page <= hi;
}
