import { call, rwpOnly, syscall, type ChecksFirst, type PageOperation } from './operation.ts';

/** A call that walks one VMA after another, and fails at one that is not registered for it. */
const walks = (name: string, rule: string, checksFirst: ChecksFirst, quietly: string = name): PageOperation => ({
  ...call(name, 'range', rule),
  several: { checksFirst, quietly },
});

/** Protecting and resolving, by ioctl and by scan. */
export const protectionOperations: readonly PageOperation[] = [
  walks('writeprotect on', 'manager/arm-wp', 'writeprotectChecksFirst'),
  walks('writeprotect off', 'manager/resolve-wp', 'writeprotectChecksFirst', 'writeprotect off dontwake'),
  walks('writeprotect off dontwake', 'manager/resolve-wp-dontwake', 'writeprotectChecksFirst'),
  { ...walks('rwprotect on', 'manager/arm-rwp', 'rwprotectChecksFirst'), of: rwpOnly },
  {
    ...walks('rwprotect off', 'manager/resolve-rwp', 'rwprotectChecksFirst', 'rwprotect off dontwake'),
    of: rwpOnly,
  },
  { ...walks('rwprotect off dontwake', 'manager/resolve-rwp-dontwake', 'rwprotectChecksFirst'), of: rwpOnly },
  syscall('scan-wp', 'range', 'manager/protecting-scan'),
];
