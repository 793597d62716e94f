import { forbidden, type GroundExpression, type Table } from '../language/index.ts';
import { maskOf, type Layout } from './layout.ts';

/** The tables that generated code looks things up in: `t0`, `t1`, …; `m0`, … note which entries were used. */
export class TableNames {
  readonly tables: Table[] = [];
  readonly #numbers = new Map<Table, number>();

  /** The number of a table. */
  of(table: Table): number {
    const known = this.#numbers.get(table);
    if (known !== undefined) return known;
    this.#numbers.set(table, this.tables.length);
    return this.tables.push(table) - 1;
  }
}

/** What the code of an expression may take for granted. */
export interface ExpressionMode {
  /** Note the entries of tables that carry rules: this is a store that is taken. */
  readonly marks: boolean;
  /** No impossible entry is asked for: a claim has seen to that. */
  readonly possible: boolean;
}

const plainMode: ExpressionMode = { marks: false, possible: false };
const condition = new Set(['equal', 'less', 'not', 'and', 'or', 'forbidden']);

/** Writes JavaScript for expressions over the packed words `w0`, `w1`, … */
export class ExpressionCode {
  readonly layout: Layout;
  readonly tables: TableNames;

  constructor(layout: Layout, tables: TableNames) {
    this.layout = layout;
    this.tables = tables;
  }

  #slot(slot: number): string {
    const { word, shift, bits } = this.layout.places[slot] as Layout['places'][number];
    if (bits === 0) return '0';
    const moved = shift === 0 ? `w${word}` : `(w${word} >>> ${shift})`;
    return shift + bits === 32 && shift > 0 ? moved : `(${moved} & ${0xffff_ffff >>> (32 - bits)})`;
  }

  #entry(table: Table, args: readonly GroundExpression[], mode: ExpressionMode): string {
    return args
      .map((arg, i) => {
        const stride = table.args.slice(i + 1).reduce((product, of) => product * of.values.length, 1);
        const code = this.number(arg, mode);
        return stride === 1 ? code : `Math.imul(${code}, ${stride})`;
      })
      .join(' + ');
  }

  #table(table: Table, args: readonly GroundExpression[], mode: ExpressionMode): string {
    const number = this.tables.of(table);
    const at = this.#entry(table, args, mode) || '0';
    const read = mode.marks && table.rules ? `mark${number}(${at})` : `t${number}[${at}]`;
    return table.codes.includes(forbidden) && !mode.possible ? `possible(${read})` : read;
  }

  /** Code whose value is the code of the expression. */
  number(e: GroundExpression, mode: ExpressionMode = plainMode): string {
    switch (e.kind) {
      case 'constant':
        return String(e.code);
      case 'slot':
        return this.#slot(e.slot);
      case 'if':
        return `(${this.truth(e.when, mode)} ? ${this.number(e.then, mode)} : ${this.number(e.otherwise, mode)})`;
      case 'table':
        return this.#table(e.table, e.args, mode);
      case 'plus':
        return `within(${this.number(e.of, mode)} + ${e.by}, ${e.limit})`;
      case 'equal':
      case 'less':
      case 'not':
      case 'and':
      case 'or':
      case 'forbidden':
        return `(${this.truth(e, mode)} ? 1 : 0)`;
    }
  }

  /** Code that is true or false as the expression is 1 or 0. */
  truth(e: GroundExpression, mode: ExpressionMode = plainMode): string {
    switch (e.kind) {
      case 'constant':
        return e.code === 1 ? 'true' : 'false';
      case 'slot': {
        const place = this.layout.places[e.slot] as Layout['places'][number];
        return place.bits === 0 ? 'false' : `(w${place.word} & ${maskOf(place)}) !== 0`;
      }
      case 'equal':
        return this.#equal(e.left, e.right, mode);
      case 'less':
        return `(${this.number(e.left, mode)} < ${this.number(e.right, mode)})`;
      case 'not':
        return `!(${this.truth(e.of, mode)})`;
      case 'and':
        return e.of.length === 0 ? 'true' : `(${e.of.map((part) => this.truth(part, mode)).join(' && ')})`;
      case 'or':
        return e.of.length === 0 ? 'false' : `(${e.of.map((part) => this.truth(part, mode)).join(' || ')})`;
      case 'if':
        return `(${this.truth(e.when, mode)} ? ${this.truth(e.then, mode)} : ${this.truth(e.otherwise, mode)})`;
      case 'forbidden':
        return `t${this.tables.of(e.table)}[${this.#entry(e.table, e.args, mode) || '0'}] < 0`;
      case 'table':
      case 'plus':
        return `${this.number(e, mode)} !== 0`;
    }
  }

  #equal(left: GroundExpression, right: GroundExpression, mode: ExpressionMode): string {
    const [one, other] = left.kind === 'constant' ? [right, left] : [left, right];
    if (one.kind === 'slot' && other.kind === 'constant') {
      const place = this.layout.places[one.slot] as Layout['places'][number];
      if (place.bits === 0) return other.code === 0 ? 'true' : 'false';
      // A code that does not fit the slot is never in it; shifted into place it could look like another one.
      if (other.code < 0 || other.code >= 2 ** place.bits) return 'false';
      return `(w${place.word} & ${maskOf(place)}) === ${(other.code << place.shift) | 0}`;
    }
    if (condition.has(one.kind) && condition.has(other.kind)) {
      return `(${this.truth(one, mode)}) === (${this.truth(other, mode)})`;
    }
    return `(${this.number(one, mode)}) === (${this.number(other, mode)})`;
  }
}
