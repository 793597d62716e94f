import { type Domain } from './domain.ts';
import type { ProtocolBuilder } from './protocol.ts';
import { and, choose, literal, not, or, Term, type Assignment, type Cell } from './term.ts';

/** A first-in, first-out queue of the members of an index set, each in it at most once. */
export class Queue {
  readonly #slots: readonly Cell<number>[];
  readonly #domain: Domain<number>;

  /** A queue with room for every member of `items`; an unused place holds -1. */
  constructor(protocol: ProtocolBuilder, name: string, items: Domain<number>) {
    this.#domain = { name: `${name} item`, values: [-1, ...items.values] };
    this.#slots = items.values.map((_, i) => protocol.scalar(`${name}.${i}`, this.#domain, -1));
  }

  #item(item: Term<number>): Term<number> {
    const limit = this.#domain.values.length;
    return new Term({ kind: 'plus', of: item.expression, by: 1, limit }, this.#domain);
  }

  #at(i: number): Term<number> {
    return this.#slots[i] ?? literal(this.#domain, -1);
  }

  /** True when nothing is in the queue. */
  isEmpty(): Term<boolean> {
    return this.#at(0).is(-1);
  }

  /** True when `item` is the first. */
  headIs(item: Term<number>): Term<boolean> {
    return this.#at(0).is(this.#item(item));
  }

  /** True when `item` is somewhere in the queue. */
  holds(item: Term<number>): Term<boolean> {
    return or(...this.#slots.map((slot) => slot.is(this.#item(item))));
  }

  /** Puts `item` behind all others; it must not be in the queue. */
  push(item: Term<number>): Assignment[] {
    return this.#slots.map((slot, i) => {
      const firstFree = and(slot.is(-1), i === 0 || not(this.#at(i - 1).is(-1)));
      return slot.becomes(choose(firstFree, this.#item(item), slot));
    });
  }

  /** Takes `item` out, wherever it is; those behind it move up. Nothing happens when it is not there. */
  remove(item: Term<number>): Assignment[] {
    return this.#slots.map((slot, i) => {
      const goneBefore = or(...this.#slots.slice(0, i + 1).map((s) => s.is(this.#item(item))));
      return slot.becomes(choose(goneBefore, this.#at(i + 1), slot));
    });
  }

  /** Takes `item` out where `when` is true. */
  removeIf(when: Term<boolean>, item: Term<number>): Assignment[] {
    const removed = this.remove(item);
    return this.#slots.map((slot, i) => {
      const value = new Term((removed[i] as Assignment).value, this.#domain);
      return slot.becomes(choose(when, value, slot));
    });
  }

  /** Empties the queue. */
  clear(): Assignment[] {
    return this.#slots.map((slot) => slot.becomes(-1));
  }
}
