import { bool, literal, lookup, type Table, type Term } from '../checker/language/index.ts';
import type { Condition } from './machine/kernel-function.ts';
import type { MachineTable, Tabulated } from './tabulate.ts';

type BoolTable = Table & { readonly result: typeof bool };

/** A tabulated machine as terms of the protocol language. */
export class MachineTerms {
  readonly tabulated: Tabulated;
  readonly #conditions = new Map<string, BoolTable>();

  constructor(tabulated: Tabulated) {
    this.tabulated = tabulated;
  }

  /** The configuration after a kernel function; its payload by name, each a term or a value. */
  next(of: Term<string>, name: string, payload: Readonly<Record<string, string | Term<string>>> = {}): Term<string> {
    const table = this.tabulated.tables.get(name);
    if (table === undefined) throw new Error(`${name}() is no event of machine ${this.tabulated.machine.name}`);
    const description = this.tabulated.machine.functions.find((f) => f.name === name);
    const args = Object.keys(description?.payload ?? {}).map((key, i) => {
      const value = payload[key];
      if (value === undefined) throw new Error(`${name}() asks for ${key}, which is not given`);
      return typeof value === 'string' ? literal(table.args[i] as MachineTable['result'], value) : value;
    });
    return lookup(table, ...args, of);
  }

  /** True when the configuration satisfies the condition. */
  is(of: Term<string>, condition: Condition): Term<boolean> {
    const key = JSON.stringify(condition);
    const known = this.#conditions.get(key) ?? this.#condition(condition);
    this.#conditions.set(key, known);
    return lookup(known, of);
  }

  #condition(condition: Condition): BoolTable {
    const regions = this.tabulated.machine.regions;
    for (const [name, wanted] of Object.entries(condition)) {
      const region = regions.find((r) => r.name === name);
      const unknown = [wanted].flat().find((value) => !region?.states.includes(value));
      if (unknown !== undefined) throw new Error(`machine ${this.tabulated.machine.name} has no ${name} = ${unknown}`);
    }
    const codes = this.tabulated.configurations.map((c) =>
      Object.entries(condition).every(([name, wanted]) => [wanted].flat().includes(c[name] as string)) ? 1 : 0,
    );
    const shown = Object.values(condition).flat().join(' ');
    return { name: `is ${shown}`, args: [this.tabulated.domain], result: bool, codes: Int16Array.from(codes) };
  }
}
