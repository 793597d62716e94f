import type { Backing, Design, Protection } from '../../spec/index.ts';

/** What a session is about: the memory, the protection, and the mode that it starts in. */
export interface Session {
  readonly backing: Backing;
  readonly protection: Protection;
  readonly async: boolean;
}

const modes = ['wp-sync', 'wp-async', 'rwp-sync', 'rwp-async'] as const;
type Mode = (typeof modes)[number];

/** The kinds of memory that sessions have, each with what their names begin with. */
const memories = { anon: '', shmem: 'shmem-', hugetlb: 'hugetlb-' } as const satisfies Partial<Record<Backing, string>>;
/** The kinds of memory that sessions have. */
export const memoryKinds: readonly string[] = Object.keys(memories);
type Prefix = (typeof memories)[keyof typeof memories];

/** A kind of session: `rwp-sync` on anonymous memory, `shmem-rwp-sync` on shared memory. */
export type SessionKind = `${Prefix}${Mode}`;

const all = Object.entries(memories).flatMap(([backing, prefix]) =>
  modes.map((mode): readonly [SessionKind, Session] => {
    const [protection, timing] = mode.split('-') as [Protection, 'sync' | 'async'];
    return [`${prefix}${mode}`, { backing: backing as Backing, protection, async: timing === 'async' }];
  }),
);

/** The sessions by kind. */
export const sessions = Object.fromEntries(all) as { readonly [K in SessionKind]: Session };
/** The kinds of session that sequences run in. */
export const sessionKinds: readonly SessionKind[] = all.map(([kind]) => kind);

/** True for the name of a kind of session. */
export function isSessionKind(name: string): name is SessionKind {
  return Object.hasOwn(sessions, name);
}

/** True when a design has what a kind of session needs. */
export function offersSession({ features }: Design, kind: SessionKind): boolean {
  const { protection, async } = sessions[kind];
  if (protection === 'rwp') return features.rwp && (!async || features.rwpAsync);
  return features.wp && (!async || features.wpAsync);
}

/** The kinds of session that a design offers. */
export function kindsOf(design: Design): readonly SessionKind[] {
  return sessionKinds.filter((kind) => offersSession(design, kind));
}

/** The features that a kind of memory takes. */
const memoryFeatures: Readonly<Record<Backing, readonly string[]>> = {
  anon: [],
  shmem: ['missing-shmem', 'minor-shmem', 'wp-hugetlbfs-shmem'],
  'shmem-private': ['missing-shmem', 'minor-shmem', 'wp-hugetlbfs-shmem'],
  hugetlb: ['missing-hugetlbfs', 'minor-hugetlbfs', 'wp-hugetlbfs-shmem'],
  'hugetlb-private': ['missing-hugetlbfs', 'minor-hugetlbfs', 'wp-hugetlbfs-shmem'],
};

/** The features that a session asks UFFDIO_API for, as the runner spells them. */
export function sessionFeatures(kind: SessionKind): readonly string[] {
  const { backing, protection, async } = sessions[kind];
  return [
    'pagefault-flag-wp',
    ...memoryFeatures[backing],
    ...(async ? ['wp-async'] : []),
    ...(protection === 'rwp' ? ['rwp', ...(async ? ['rwp-async'] : [])] : []),
  ];
}
