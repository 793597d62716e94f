import type { GroundProtocol } from '../language/index.ts';

/** Where a slot lies in the packed state. */
export interface Place {
  readonly word: number;
  readonly shift: number;
  readonly bits: number;
}

/** How a state is packed into words of 32 bits; no slot straddles two words. */
export interface Layout {
  readonly words: number;
  /** One for each slot. */
  readonly places: readonly Place[];
}

/** The bits that codes below `size` need. */
function bitsFor(size: number): number {
  return size <= 1 ? 0 : 32 - Math.clz32(size - 1);
}

/** Puts each slot into the first word that has room for it, in the order given. */
function firstFit(widths: readonly number[], order: readonly number[], wordBits: number): Layout {
  const used: number[] = [0];
  const places: Place[] = widths.map(() => ({ word: 0, shift: 0, bits: 0 }));
  for (const slot of order) {
    const bits = widths[slot] as number;
    let word = used.findIndex((taken) => taken + bits <= wordBits);
    if (word < 0) word = used.push(0) - 1;
    const shift = used[word] as number;
    places[slot] = { word, shift: bits === 0 ? 0 : shift, bits };
    used[word] = shift + bits;
  }
  return { words: used.length, places };
}

/** The actor that a slot belongs to, or one past the last for shared ones. */
function actorOf(ground: GroundProtocol, slot: number): number {
  const { variable, index } = ground.slots[slot] as GroundProtocol['slots'][number];
  if (variable.process === undefined) return ground.actors.length;
  const pc = ground.actors.findIndex(
    (a) => a.process === variable.process && (ground.slots[a.pc]?.index[0] ?? 0) === (index[0] ?? 0),
  );
  return pc < 0 ? ground.actors.length : pc;
}

/**
 * Packs the slots of a protocol, those of one actor side by side, so that most steps change one word. Where the widest
 * first needs fewer words, that order is taken: words cost more than neighbourhood saves. Tests make words narrower, so that
 * small protocols have states of many words.
 */
export function layoutOf(ground: GroundProtocol, wordBits = 32): Layout {
  const widths = ground.slots.map((slot) => bitsFor(slot.variable.domain.values.length));
  const all = [...ground.slots.keys()];
  const owner = all.map((slot) => actorOf(ground, slot));
  const near = firstFit(
    widths,
    all.toSorted((a, b) => (owner[a] as number) - (owner[b] as number) || a - b),
    wordBits,
  );
  const dense = firstFit(
    widths,
    all.toSorted((a, b) => (widths[b] as number) - (widths[a] as number) || a - b),
    wordBits,
  );
  return dense.words < near.words ? dense : near;
}

/** The mask of the bits of a slot, in place. */
export function maskOf({ shift, bits }: Place): number {
  return bits === 0 ? 0 : ((0xffff_ffff >>> (32 - bits)) << shift) | 0;
}

/** Packs the codes of a state. */
export function pack(layout: Layout, codes: readonly number[]): number[] {
  const words = Array.from({ length: layout.words }, () => 0);
  layout.places.forEach(({ word, shift, bits }, slot) => {
    if (bits > 0) words[word] = (words[word] as number) | ((codes[slot] as number) << shift);
  });
  return words;
}

/** The codes of the packed state that starts at `at`. */
export function unpack(layout: Layout, words: ArrayLike<number>, at = 0): number[] {
  return layout.places.map(({ word, shift, bits }) =>
    bits === 0 ? 0 : ((words[at + word] as number) >>> shift) & (0xffff_ffff >>> (32 - bits)),
  );
}
