import type { Design } from '../../spec/index.ts';
import { casesOf, memoriesWithout, type KernelTest, type KernelTestCase, type NotExpressed } from './kernel-test.ts';
import { pagemapIoctl, pagemapNotExpressed } from './pagemap-ioctl.ts';
import { uffdNotExpressed, uffdUnitTests } from './uffd-unit-tests.ts';

export type { KernelTest, KernelTestCase, NotExpressed } from './kernel-test.ts';

/** The cases of the kernel's own tests that are said again here. */
export const kernelTests: readonly KernelTest[] = [...uffdUnitTests, ...pagemapIoctl];

/** The cases that are not, on the memory where they are not; whatever the model has no memory for is among them. */
export const notExpressed: readonly NotExpressed[] = [
  ...uffdNotExpressed,
  ...pagemapNotExpressed,
  ...kernelTests.flatMap((test): readonly NotExpressed[] => {
    const memories = memoriesWithout(test);
    const because = 'the model has no such memory';
    return memories.length === 0 ? [] : [{ selftest: test.selftest, case: test.case, memories, because }];
  }),
];

/** Every case on every memory: those of a design, or of all kinds of session. */
export function kernelTestCases(design?: Design): readonly KernelTestCase[] {
  return kernelTests.flatMap((test) => casesOf(test, design));
}
