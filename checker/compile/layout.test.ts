import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { groundProtocol, type GroundProtocol } from '../language/index.ts';
import { randomProtocol } from '../testing/random-protocol.ts';
import { readersAndWriter } from '../testing/textbook.ts';
import { layoutOf, maskOf, pack, unpack } from './layout.ts';

const protocols = fc
  .uint8Array({ minLength: 200, maxLength: 200 })
  .map((tape) => groundProtocol(randomProtocol(tape).protocol));
const wordBits = fc.constantFrom(8, 16, 32);

/** Codes that each slot may hold. */
const codesOf = (ground: GroundProtocol): fc.Arbitrary<number[]> =>
  fc.tuple(...ground.slots.map((slot) => fc.nat(slot.variable.domain.values.length - 1)));

test('every state is packed and unpacked without loss', () => {
  const states = protocols.chain((ground) => fc.record({ ground: fc.constant(ground), codes: codesOf(ground) }));
  fc.assert(
    fc.property(states, wordBits, ({ ground, codes }, bits) => {
      const layout = layoutOf(ground, bits);
      expect(unpack(layout, pack(layout, codes))).toEqual(codes);
    }),
    { numRuns: 200 },
  );
});

test('no two slots share a bit, and none straddles two words', () => {
  fc.assert(
    fc.property(protocols, wordBits, (ground, bits) => {
      const { places, words } = layoutOf(ground, bits);
      const taken = Array.from({ length: words }, () => 0);
      for (const place of places) {
        expect(place.shift + place.bits).toBeLessThanOrEqual(bits);
        expect((taken[place.word] as number) & maskOf(place)).toBe(0);
        taken[place.word] = (taken[place.word] as number) | maskOf(place);
      }
    }),
    { numRuns: 200 },
  );
});

test('a state takes the bits that its domains need: ten readers and a writer take 22', () => {
  const { places, words } = layoutOf(groundProtocol(readersAndWriter(10)));
  expect(words).toBe(1);
  expect(places.reduce((sum, { bits }) => sum + bits, 0)).toBe(22);
});
