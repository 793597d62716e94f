import { sessions, type SessionKind } from '../session.ts';
import { descriptorOperations } from './descriptor.ts';
import { environmentOperations } from './environment.ts';
import { fillOperations } from './fills.ts';
import { memoryOperations } from './memory.ts';
import type { OperationName, PageOperation } from './operation.ts';
import { protectionOperations } from './protection.ts';

export * from './operation.ts';

/** Every operation that sequences are made of, as it concerns one page. */
export const pageOperations: readonly PageOperation[] = [
  ...descriptorOperations,
  ...protectionOperations,
  ...memoryOperations,
  ...fillOperations,
  ...environmentOperations,
];

/** The operations by name. */
export const operationByName: ReadonlyMap<OperationName, PageOperation> = new Map(
  pageOperations.map((operation) => [operation.name, operation]),
);

/** The operations that a kind of session can have. */
export function operationsOf(kind: SessionKind): readonly PageOperation[] {
  return pageOperations.filter(({ of }) => of?.(sessions[kind]) ?? true);
}
