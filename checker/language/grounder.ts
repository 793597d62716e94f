import { ground as reduce, type Binding, type Expression, type Parameter, type Variable } from './expression.ts';
import type { GroundExpression, GroundStore, Slot } from './ground.ts';
import { LockCells } from './lock-cells.ts';
import type { Protocol } from './protocol.ts';
import type { Assignment } from './term.ts';

/** The values of a list of parameters, in every combination. */
export function* bindings(parameters: readonly Parameter[], bound: Binding = new Map()): Generator<Binding> {
  const [first, ...rest] = parameters;
  if (first === undefined) return yield bound;
  for (let code = 0; code < first.domain.values.length; code++)
    yield* bindings(rest, new Map([...bound, [first, code]]));
}

/** Gives every cell of a protocol a slot, and lowers expressions to slots. */
export class Grounder {
  readonly protocol: Protocol;
  readonly slots: Slot[] = [];
  readonly #base = new Map<Variable, number>();
  readonly locks: LockCells;

  constructor(protocol: Protocol) {
    this.protocol = protocol;
    this.locks = new LockCells(protocol);
    const all = [
      ...protocol.processes.flatMap((p) => [p.pc, ...p.locals]),
      ...protocol.variables,
      ...this.locks.variables,
    ];
    for (const variable of [...all, ...protocol.monitors.flatMap((m) => m.ghosts)]) this.#declare(variable);
  }

  #declare(variable: Variable): void {
    this.#base.set(variable, this.slots.length);
    for (const binding of bindings(variable.indices.map((domain, i) => ({ name: String(i), domain })))) {
      const index = [...binding.values()];
      const shown = index.map((code, i) => variable.indices[i]?.values[code]).join('][');
      const dot = variable.name.indexOf('.');
      const name =
        variable.process === undefined
          ? variable.name + (index.length ? `[${shown}]` : '')
          : variable.name.slice(0, dot) + shown + variable.name.slice(dot);
      this.slots.push({ name, variable, index });
    }
  }

  /** The number of the cell of a variable; the indices must have become constants. */
  slot(variable: Variable, index: readonly Expression[]): number {
    const base = this.#base.get(variable);
    if (base === undefined) throw new Error(`${this.protocol.name}: ${variable.name} is not declared in this protocol`);
    let offset = 0;
    index.forEach((i, k) => {
      if (i.kind !== 'constant') throw new Error(`${variable.name}: an index must be a parameter or a constant`);
      offset = offset * (variable.indices[k]?.values.length ?? 1) + i.code;
    });
    return base + offset;
  }

  /** An expression without parameters, over slots. */
  lower(e: Expression): GroundExpression {
    switch (e.kind) {
      case 'constant':
        return e;
      case 'parameter':
      case 'forAll':
      case 'exists':
        throw new Error(`${this.protocol.name}: parameter of a ${e.kind} is left unbound`);
      case 'cell':
        return { kind: 'slot', slot: this.slot(e.variable, e.index) };
      case 'equal':
      case 'less':
        return { kind: e.kind, left: this.lower(e.left), right: this.lower(e.right) };
      case 'not':
        return { kind: 'not', of: this.lower(e.of) };
      case 'plus':
        return { ...e, of: this.lower(e.of) };
      case 'and':
      case 'or':
        return { kind: e.kind, of: e.of.map((part) => this.lower(part)) };
      case 'if':
        return { kind: 'if', when: this.lower(e.when), then: this.lower(e.then), otherwise: this.lower(e.otherwise) };
      case 'table':
        return { kind: 'table', table: e.table, args: e.args.map((part) => this.lower(part)) };
    }
  }

  /** An expression with its parameters bound, over slots. */
  at(e: Expression, binding: Binding): GroundExpression {
    return this.lower(reduce(e, binding));
  }

  /** A store with its parameters bound. */
  store(a: Assignment, binding: Binding): GroundStore {
    const index = a.index.map((i) => reduce(i, binding));
    return { slot: this.slot(a.variable, index), value: this.at(a.value, binding) };
  }
}
