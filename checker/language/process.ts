import { bool, codeOf, oneOf, type Domain, type Value } from './domain.ts';
import type { Parameter, Variable } from './expression.ts';
import type { Step, StepBody, StepHeading } from './step.ts';
import { and, asTerm, Cell, parameterTerm, type Term } from './term.ts';

/** A variable of each instance of a process; used as it is, it means the instance that takes the step. */
export class Local<T extends Value> extends Cell<T> {
  /** The same variable of the instance `index`. */
  of(index: Term<number>): Cell<T> {
    return new Cell(this.variable, [index.expression], this.domain);
  }
}

/** The parameters of a step: an index set or any other domain each. */
export type Choices = Readonly<Record<string, Domain>>;
/** The terms that the parameters become. */
export type Chosen<C extends Choices> = { readonly [K in keyof C]: C[K] extends Domain<infer T> ? Term<T> : never };

/** What a mutant may do to a step: everything but its name. */
export type StepChange = (step: StepHeading & StepBody) => StepHeading & StepBody;

/** A process: one program, run by each value of its index. */
export interface ProcessDeclaration {
  readonly name: string;
  readonly index: Domain<number> | undefined;
  readonly points: readonly string[];
  readonly pc: Variable;
  readonly locals: readonly Variable[];
}

/** Collects the program of one process: micro-steps between program points. */
export class ProcessBuilder<Point extends string> {
  readonly name: string;
  readonly index: Domain<number> | undefined;
  readonly points: readonly Point[];
  /** The index of the instance that takes the step. */
  readonly self: Term<number>;
  readonly #selfParameter: Parameter | undefined;
  readonly #pc: Local<Point>;
  readonly #locals: Variable[] = [];
  readonly #add: (step: Step) => void;
  readonly #changes: ReadonlyMap<string, StepChange>;
  readonly #off: (rule: string, because: string) => void;

  constructor(
    heading: { readonly name: string; readonly index: Domain<number> | undefined; readonly points: readonly Point[] },
    sink: {
      readonly add: (step: Step) => void;
      readonly off: (rule: string, because: string) => void;
      readonly changes: ReadonlyMap<string, StepChange>;
    },
  ) {
    this.name = heading.name;
    this.index = heading.index;
    this.points = heading.points;
    this.#add = sink.add;
    this.#off = sink.off;
    this.#changes = sink.changes;
    const domain = this.index ?? { name: 'single', values: [0] };
    const parameter = { name: this.name, domain };
    this.#selfParameter = this.index && parameter;
    this.self = this.index ? parameterTerm(parameter) : asTerm(domain, 0);
    this.#pc = this.#declare('at', oneOf(`${this.name} points`, ...this.points), this.points[0] as Point, 'pc');
  }

  #declare<T extends Value>(name: string, domain: Domain<T>, initial: T, role: 'local' | 'pc'): Local<T> {
    const variable: Variable = {
      name: `${this.name}.${name}`,
      domain,
      indices: this.index ? [this.index] : [],
      initial: codeOf(domain, initial),
      role,
      process: this.name,
    };
    if (role === 'local') this.#locals.push(variable);
    return new Local(variable, this.index ? [this.self.expression] : [], domain);
  }

  /** A local variable; where no later step reads it, the language sets it back to `initial`. */
  local<T extends Value>(name: string, domain: Domain<T>, initial: T): Local<T> {
    return this.#declare(name, domain, initial, 'local');
  }

  /** The program counter: for claims and for other processes that wait for this one. */
  get pc(): Local<Point> {
    return this.#pc;
  }

  /** Adds one rule. `choices` are its parameters: the step exists for each combination of their values. */
  step<C extends Choices>(
    rule: string,
    heading: StepHeading<Point> & { readonly choices?: C },
    body: (chosen: Chosen<C>) => StepBody<Point>,
  ): void {
    if (heading.off !== undefined && heading.off !== false) {
      this.#off(rule, heading.off);
      return;
    }
    const { choices, ...rest } = heading;
    const parameters: Parameter[] = Object.entries(choices ?? {}).map(([name, domain]) => ({ name, domain }));
    const chosen = Object.fromEntries(
      parameters.map((p) => [p.name, parameterTerm(p as Parameter & { domain: Domain })]),
    );
    const plain = { ...rest, ...body(chosen as Chosen<C>) };
    const change = this.#changes.get(rule);
    const changed = change ? change(plain) : plain;
    if (changed.off !== undefined && changed.off !== false) this.#off(rule, changed.off);
    else this.#add(this.#toStep(rule, changed as StepHeading<Point> & StepBody<Point>, parameters));
  }

  #toStep(rule: string, s: StepHeading<Point> & StepBody<Point>, parameters: readonly Parameter[]): Step {
    const actions = [s.acquire, s.tryAcquire, s.release].filter((a) => a !== undefined);
    if (actions.length > 1) throw new Error(`${rule}: a step takes, tries or releases one lock at most`);
    if ((s.acquire || s.tryAcquire) && (s.then ?? []).some((a) => a.variable.role !== 'local')) {
      throw new Error(`${rule}: a step that takes a lock may not store to shared variables; split it`);
    }
    const lock = s.acquire
      ? { kind: 'acquire' as const, of: s.acquire }
      : s.release
        ? { kind: 'release' as const, of: s.release }
        : s.tryAcquire && { kind: 'try' as const, of: s.tryAcquire, otherwise: this.#point(rule, s.otherwise) };
    const at = typeof s.at === 'string' ? [s.at] : s.at;
    for (const point of [...at, ...(s.to ? [s.to] : [])]) this.#point(rule, point);
    return {
      rule,
      process: this.name,
      ...(s.does && { does: s.does }),
      says: s.says,
      at,
      to: s.to,
      voluntary: s.voluntary ?? false,
      parameters: [...(this.#selfParameter ? [this.#selfParameter] : []), ...parameters],
      when: and(...(s.when ?? [])).expression,
      lock,
      requires: s.requires ?? [],
      then: s.then ?? [],
      emits: (s.emits ?? []).map((e) => ({ ...e, when: asTerm(bool, e.when) })),
    };
  }

  #point(rule: string, point: Point | undefined): Point {
    if (point === undefined || !this.points.includes(point)) {
      throw new Error(`${rule}: ${this.name} has no point ${String(point)}: ${this.points.join(', ')}`);
    }
    return point;
  }

  /** The finished declaration. */
  declaration(): ProcessDeclaration {
    return { name: this.name, index: this.index, points: this.points, pc: this.#pc.variable, locals: this.#locals };
  }
}
