import {
  and,
  before,
  choose,
  literal,
  lookup,
  not,
  oneOf,
  or,
  range,
  successor,
  bool,
  type Cell,
  type Domain,
  type Table,
  type Term,
} from '../language/index.ts';

/** Random choices read off a tape of bytes; where the tape ends, the first choice is taken. Zeros make small protocols. */
export class Tape {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** A number below `limit`. */
  below(limit: number): number {
    return (this.#bytes[this.#at++] ?? 0) % limit;
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.below(times) === times - 1;
  }

  /** One of a list. */
  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

/** A domain with cells that hold its values. */
export interface Kind {
  readonly domain: Domain;
  readonly cells: Cell[];
}

/** Two members. */
export const index = range(0, 1);
/** Three numbers. */
export const small = range(0, 2);
/** Three names. */
export const colour = oneOf('colour', 'red', 'green', 'blue');

/** Random expressions over the cells that are in scope. */
export class Expressions {
  readonly tape: Tape;
  readonly kinds: readonly Kind[];
  readonly table: Table & { readonly result: Domain<string> };
  readonly machine: Table & { readonly result: Domain<string> };

  constructor(tape: Tape, kinds: readonly Kind[]) {
    this.tape = tape;
    this.kinds = kinds;
    const codes = (forbids: boolean): Int16Array =>
      Int16Array.from({ length: 9 }, () => (forbids && tape.once(8) ? -1 : tape.below(3)));
    const rules = Array.from({ length: 9 }, (_, i) => (i % 4 === 0 ? undefined : `entry/${i % 5}`));
    this.table = { name: 'mix', args: [colour, small], result: colour, codes: codes(false) };
    this.machine = {
      name: 'next',
      args: [colour, small],
      result: colour,
      codes: codes(true),
      rules,
      machine: 'colours',
    };
  }

  cell(of: Domain, extra: readonly Cell[] = []): Term {
    const cells = [...(this.kinds.find((k) => k.domain === of)?.cells ?? []), ...extra.filter((c) => c.domain === of)];
    return cells.length === 0 ? literal(of, of.values[0] as string) : this.tape.of(cells);
  }

  value(of: Domain, deep = 2, extra: readonly Cell[] = []): Term {
    const constant = (): Term => literal(of, this.tape.of(of.values));
    if (deep === 0) return this.tape.once(2) ? constant() : this.cell(of, extra);
    switch (this.tape.below(6)) {
      case 0:
        return constant();
      case 1:
        return this.cell(of, extra);
      case 2:
        return choose(
          this.condition(deep - 1, extra),
          this.value(of, deep - 1, extra),
          this.value(of, deep - 1, extra),
        );
      case 3: {
        if (of !== small) return of === bool ? this.condition(deep - 1, extra) : this.colour(deep - 1, extra);
        const cell = this.cell(of, extra) as Term<number>;
        return choose(cell.is(2), literal(small, 0), successor(cell));
      }
      default:
        return this.cell(of, extra);
    }
  }

  colour(deep: number, extra: readonly Cell[]): Term {
    return lookup(this.table, this.value(colour, deep, extra), this.value(small, deep, extra));
  }

  condition(deep = 2, extra: readonly Cell[] = []): Term<boolean> {
    const domain = this.tape.of([small, bool, colour]) as Domain;
    const left = this.cell(domain, extra);
    if (deep > 0) {
      const part = (): Term<boolean> => this.condition(deep - 1, extra);
      switch (this.tape.below(8)) {
        case 0:
          return and(part(), part());
        case 1:
          return or(part(), part());
        case 2:
          return not(part());
        case 3:
          return before(this.cell(small, extra) as Term<number>, this.value(small, 0, extra) as Term<number>);
        default:
      }
    }
    return left.is(this.tape.once(3) ? this.cell(domain, extra) : literal(domain, this.tape.of(domain.values)));
  }
}
