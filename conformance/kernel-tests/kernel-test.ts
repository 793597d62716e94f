import { kindsOf, sessionKinds, sessions, type SessionKind } from '../../model/sequential/session.ts';
import type { Design, Protection } from '../../spec/index.ts';
import { parseOperation, type Operation, type Sequence } from '../sequence.ts';

/** The memory that the kernel's tests run on, as they call it. */
export type TestMemory = 'anon' | 'shmem' | 'shmem-private' | 'hugetlb' | 'hugetlb-private' | 'thp' | 'file';

/**
 * An operation, and what must be seen after it: `PAGES WORD WORD`, where a word is a bit of pagemap, a category of
 * PAGEMAP_SCAN, a state of the page's thread, `kept` (a read gave what was written last), `reported` (by a protecting
 * scan), `ret:EINVAL` or `message:pagefault+rwp`; `!` before it says that it must not be seen.
 */
export type KernelTestStep = readonly [operation: string, ...expected: readonly string[]];

/** A case of one of the kernel's own tests, said again as operations of the runner. */
export interface KernelTest {
  /** `kernel-tests/FILE/CASE`; the memory comes after it. Stable. */
  readonly id: string;
  /** The file below tools/testing/selftests/mm, and the case in it as it calls itself. */
  readonly selftest: string;
  readonly case: string;
  /** What it asks, in a sentence of our own. */
  readonly asks: string;
  readonly protection: Protection;
  readonly async: boolean;
  readonly pages: number;
  /** The memory that the kernel's test runs on. */
  readonly memories: readonly TestMemory[];
  readonly steps: readonly KernelTestStep[];
}

/** Cases that are not said again, on some memory, and why. */
export interface NotExpressed {
  readonly selftest: string;
  readonly case: string;
  readonly memories: readonly TestMemory[];
  readonly because: string;
}

/** A test on one kind of memory: a sequence, and what must be seen after each of its operations. */
export interface KernelTestCase {
  readonly id: string;
  readonly test: KernelTest;
  readonly sequence: Sequence;
}

/** The kind of session that has this memory, this protection and this mode; undefined where the model has none. */
function kindOf(memory: TestMemory, { protection, async }: KernelTest): SessionKind | undefined {
  return sessionKinds.find((kind) => {
    const session = sessions[kind];
    const backing: string = memory;
    return session.backing === backing && session.protection === protection && session.async === async;
  });
}

function operationsOf({ id, steps, pages }: KernelTest, kind: SessionKind): readonly Operation[] {
  return steps.map(([text]) => {
    // `api` alone stands for the features that the session asks for.
    const operation = text === 'api' ? { name: text, lo: 0, hi: pages - 1 } : parseOperation(text, kind, pages);
    if (operation === undefined) throw new Error(`${id} has an unknown operation ${JSON.stringify(text)}`);
    return operation;
  });
}

/** A test on each kind of memory that the model has and the design offers. */
export function casesOf(test: KernelTest, design?: Design): readonly KernelTestCase[] {
  const offered = design === undefined ? sessionKinds : kindsOf(design);
  return test.memories.flatMap((memory) => {
    const kind = kindOf(memory, test);
    if (kind === undefined || !offered.includes(kind)) return [];
    const id = `${test.id}/${memory}`;
    return [{ id, test, sequence: { id, kind, pages: test.pages, operations: operationsOf(test, kind) } }];
  });
}

/** The memory of a test for which the model has no kind of session. */
export function memoriesWithout(test: KernelTest): readonly TestMemory[] {
  return test.memories.filter((memory) => kindOf(memory, test) === undefined);
}
