import * as fc from 'fast-check';
import { operationByName, operationsOf, type PageOperation } from '../../model/sequential/operations/index.ts';
import { type SessionKind, sessions } from '../../model/sequential/session.ts';
import type { Operation, Sequence } from '../sequence.ts';

/** What a kernel can be asked for. */
export interface FuzzLimits {
  readonly kinds: readonly SessionKind[];
  readonly pagesMin: number;
  readonly pagesMax: number;
  /** Random operations and idioms of a sequence, beside those that set it up. */
  readonly operationsMin: number;
  readonly operationsMax: number;
  /** Operations that it cannot be asked for. */
  readonly without: ReadonlySet<string>;
}

/** The sizes of a run when nothing else is asked for. */
export const fuzzSizes = { pagesMin: 2, pagesMax: 3, operationsMin: 12, operationsMax: 16 } as const;

/** How often an operation is drawn: what changes the whole session is drawn less often, lest nothing else comes to pass. */
function weightOf({ name, reach }: PageOperation): number {
  if (name.startsWith('touch')) return 14;
  if (name === 'close' || name === 'api' || name === 'swapoff') return 1;
  if (name === 'register-staging') return 2;
  if (name === 'read') return 6;
  return reach === 'session' || reach === 'part' ? 2 : 6;
}

function placed(operation: PageOperation, pages: number): fc.Arbitrary<Operation> {
  const { name, reach } = operation;
  const page = fc.nat(pages - 1);
  if (reach === 'session') return fc.constant({ name, lo: 0, hi: pages - 1 });
  if (reach === 'page') return page.map((lo) => ({ name, lo, hi: lo }));
  return fc.tuple(page, page).map(([a, b]) => ({ name, lo: Math.min(a, b), hi: Math.max(a, b) }));
}

/** What user space does in one go: drawn as a whole, because its parts would seldom meet by chance. A `*` is done to all pages. */
function idioms(kind: SessionKind): readonly (readonly string[])[] {
  const protect = sessions[kind].protection === 'rwp' ? 'rwprotect' : 'writeprotect';
  return [
    ['touch w', `${protect} on`],
    [`${protect} on`, 'mprotect none', 'mprotect rw', 'touch r'],
    [`${protect} on`, 'pageout', 'touch w'],
    [`${protect} on`, 'migrate', 'touch r'],
    ['touch w', 'read', `${protect} off`],
    ['evict', 'touch r', 'copy'],
    ['pageout', 'touch r'],
    ['touch w', 'fork r', 'touch w', 'evict'],
    ['touch w', 'fork w', 'touch r'],
    [`${protect} on`, 'fork w', 'touch w'],
    ['fork r', 'pageout', 'touch w', 'evict'],
    [`${protect} on`, 'mremap', 'touch w'],
    [`${protect} on`, 'pageout', 'swapoff', 'touch w'],
    ['scan-wp', 'touch w', 'scan-wp'],
    ['mprotect none', 'migrate', 'mprotect rw', 'touch w'],
    [`${protect} on`, 'mprotect r', 'touch r', 'touch w', 'mprotect rw', 'touch w'],
    ['dontneed', 'poison', 'scan-wp', 'touch r', 'copy'],
    ['guard on', 'scan-wp', 'touch r', 'guard off'],
    ['dontneed', 'zeropage', 'touch w'],
    ['dontneed', 'touch r', 'read', 'copy dontwake', 'wake'],
    ['touch w', 'evict', 'move', 'touch r'],
    ['dontneed', 'touch r', 'move dontwake', 'wake'],
    ['evict', 'move zero', 'touch w'],
    // One page of several is not what a call asks for.
    ['unregister', `*${protect} on`, '*touch w'],
    [`*${protect} on`, 'unregister', `*${protect} off`, '*touch w'],
    ['*unregister', 'mprotect none', `*register ${sessions[kind].protection}`, `*${protect} on`],
    [`register missing`, `*register ${sessions[kind].protection}`, `*${protect} on`],
    ...(sessions[kind].backing === 'anon' ? [] : fileIdioms(protect)),
  ];
}

/** The same on the memory of a file. */
function fileIdioms(protect: string): readonly (readonly string[])[] {
  return [
    ['alias-write', 'touch r', 'continue'],
    ['alias-read', 'punch', 'touch w', 'copy'],
    [`${protect} on`, 'dontneed', 'touch w'],
    [`${protect} on`, 'punch', 'touch r'],
    ['touch w', 'pageout', 'touch w', 'continue'],
    ['dontneed', 'touch w', 'read', 'continue wp'],
    ['touch r', 'pageout', 'touch r'],
  ];
}

/** How often an idiom is drawn. */
const idiomWeight = 3;

/** The operations of an idiom on one page, or on all, as far as the kernel can be asked for them. */
function idiomOn(
  names: readonly string[],
  pages: number,
  can: (name: string) => boolean,
  offered: ReadonlySet<string>,
): fc.Arbitrary<readonly Operation[]> {
  const everywhere = (name: string): readonly Operation[] =>
    operationByName.get(name)?.reach === 'page'
      ? Array.from({ length: pages }, (_, page) => ({ name, lo: page, hi: page }))
      : [{ name, lo: 0, hi: pages - 1 }];
  return fc.nat(pages - 1).map((page) =>
    names.flatMap((word): readonly Operation[] => {
      const name = word.replace(/^\*/, '');
      if (!can(name) || !offered.has(name)) return [];
      const wide = word !== name || operationByName.get(name)?.reach === 'session';
      return wide ? everywhere(name) : [{ name, lo: page, hi: page }];
    }),
  );
}

/** How often a kind of session is drawn: those on huge pages take ten times as long as the others. */
function kindWeight(kind: SessionKind): number {
  return sessions[kind].backing === 'hugetlb' ? 1 : 6;
}

/** How a session begins: a descriptor, a place to move pages to, and most often the registration that it is about. */
function opening(kind: SessionKind, pages: number): fc.Arbitrary<readonly Operation[]> {
  const all = { lo: 0, hi: pages - 1 };
  const { backing, protection } = sessions[kind];
  const also = backing === 'anon' ? [] : [`register minor,${protection}`];
  const registration = fc.constantFrom(
    `register ${protection}`,
    `register ${protection}`,
    `register missing,${protection}`,
    ...also,
  );
  return registration.map((name) => [
    { name: 'api', ...all },
    ...(backing === 'anon' ? [{ name: 'register-staging', ...all }] : []),
    { name, ...all },
  ]);
}

/** Random sequences. */
export function sequences(limits: FuzzLimits): fc.Arbitrary<Omit<Sequence, 'id'>> {
  const shape = fc.record({
    kind: fc.oneof(...limits.kinds.map((kind) => ({ weight: kindWeight(kind), arbitrary: fc.constant(kind) }))),
    pages: fc.integer({ min: limits.pagesMin, max: limits.pagesMax }),
  });
  return shape.chain(({ kind, pages }) => {
    const can = (name: string): boolean => !limits.without.has(name);
    const single = operationsOf(kind)
      .filter(({ name }) => can(name))
      .map((operation) => ({
        weight: weightOf(operation),
        arbitrary: placed(operation, pages).map((one): readonly Operation[] => [one]),
      }));
    const offered = new Set(operationsOf(kind).map(({ name }) => name));
    const several = idioms(kind).map((names) => ({
      weight: idiomWeight,
      arbitrary: idiomOn(names, pages, can, offered),
    }));
    const body = fc.array(fc.oneof(...single, ...several), {
      minLength: limits.operationsMin,
      maxLength: limits.operationsMax,
    });
    return fc.tuple(opening(kind, pages), body).map(([first, rest]) => ({
      kind,
      pages,
      operations: [...first, ...rest.flat()],
    }));
  });
}
