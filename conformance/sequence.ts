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

/** The places of an operation as the runner reads them; a part that is all of the session's pages names none. */
function placesOf({ name, lo, hi }: Operation, pages: number): readonly string[] {
  const reach = operationByName.get(name)?.reach;
  if (reach === undefined) throw new Error(`unknown operation ${name}`);
  if (reach === 'session' || (reach === 'part' && lo === 0 && hi === pages - 1)) return [];
  return reach === 'page' ? [String(lo)] : [String(lo), String(hi)];
}

/** An operation in a session of so many pages as the runner reads it: the pages come after the verb. */
export function operationText(operation: Operation, kind: SessionKind, pages: number): string {
  const { name } = operation;
  if (name === 'api') return `api ${sessionFeatures(kind).join(',')}`;
  const [verb = '', ...rest] = name.split(' ');
  return [verb, ...placesOf(operation, pages), ...rest].join(' ');
}

/** The memory of a kind of session as the runner reads it, with a blank after it; nothing for anonymous memory. */
export function memoryWord(kind: SessionKind): string {
  const { backing } = sessions[kind];
  return backing === 'anon' ? '' : `${backing} `;
}

/** A sequence as the line that the runner reads. */
export function sequenceLine({ id, kind, pages, operations }: Sequence): string {
  return `${id} ${pages} ${memoryWord(kind)}${operations.map((operation) => operationText(operation, kind, pages)).join(' | ')}`;
}

/** The pages that an operation's places name, or undefined where they are no places of such a session. */
function placed(name: OperationName, places: readonly string[], pages: number): Operation | undefined {
  if (places.length === 0) return { name, lo: 0, hi: pages - 1 };
  const [lo = 0, hi = lo] = places.map(Number);
  return Number.isInteger(lo) && Number.isInteger(hi) ? { name, lo, hi } : undefined;
}

/** The numbers of places that an operation may have, by how far it reaches. */
const placeCounts = { page: [1], range: [2], part: [0, 2], session: [0] } as const;

/** The operation behind a text of the runner's, or undefined where the model has none. */
export function parseOperation(text: string, kind: SessionKind, pages: number): Operation | undefined {
  const session = { lo: 0, hi: pages - 1 };
  if (text === operationText({ name: 'api', ...session }, kind, pages)) return { name: 'api', ...session };
  const [first, ...words] = text.split(' ');
  for (const { name, reach } of pageOperations) {
    const [verb, ...rest] = name.split(' ');
    if (first !== verb || name === 'api') continue;
    for (const count of placeCounts[reach]) {
      if (words.length !== count + rest.length || words.slice(count).join(' ') !== rest.join(' ')) continue;
      const found = placed(name, words.slice(0, count), pages);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** True when an operation concerns a page. */
export function concerns({ lo, hi }: Operation, page: number): boolean {
  return lo <= page && page <= hi;
}
