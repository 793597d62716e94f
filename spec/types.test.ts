import { describe, expectTypeOf, test } from 'vitest';
import {
  designs,
  propertyIds,
  properties,
  withDecisions,
  type BranchRule,
  type Decisions,
  type Design,
  type DesignName,
  type Property,
  type PropertyId,
} from './index.ts';

// These hold when the compiler accepts this file (`npm run types`): a line under `@ts-expect-error` that compiles is an
// error itself, so each of them has been seen to fail.

describe('a name that the user writes is a literal type', () => {
  test('of a design', () => {
    expectTypeOf<DesignName>().toEqualTypeOf<'uffd-wp' | 'rfc-v1' | 'rfc-v2' | 'rfc-v3' | 'linux-7.3' | 'linux-6.18'>();
    expectTypeOf(designs['linux-7.3']).toEqualTypeOf<Design>();
    // @ts-expect-error there is no such kernel here
    void designs['linux-7.4'];
  });

  test('of a property', () => {
    expectTypeOf<PropertyId>().toEqualTypeOf<'FP' | 'LM' | 'SF' | 'LW' | 'I1' | 'AR' | 'MS'>();
    expectTypeOf(propertyIds).items.toEqualTypeOf<PropertyId>();
    expectTypeOf(properties.LM).toEqualTypeOf<Property>();
    // @ts-expect-error there is no such property
    void properties.ML;
  });

  test('of a decision, and so is each of its values', () => {
    expectTypeOf<Decisions['mprotectKeepsNoAccess']>().toEqualTypeOf<'marked' | 'always' | 'never'>();
    const linux = designs['linux-7.3'];
    expectTypeOf(withDecisions(linux, { unregisterWakes: 'all' })).toEqualTypeOf<Design>();
    // @ts-expect-error a value that the decision cannot take
    withDecisions(linux, { unregisterWakes: 'some' });
    // @ts-expect-error no such decision
    withDecisions(linux, { unregisterWake: 'all' });
  });

  test('of a branch of a kernel function', () => {
    expectTypeOf<'do_swap_page/back-to-no-access'>().toExtend<BranchRule>();
    expectTypeOf<'change_prot_numa/hint'>().toExtend<BranchRule>();
    expectTypeOf<'do_swap_page/back-to-noaccess'>().not.toExtend<BranchRule>();
    expectTypeOf<string>().not.toExtend<BranchRule>();
  });
});
