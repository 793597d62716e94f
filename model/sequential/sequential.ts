import type { Successor, System, SystemState } from '../../checker/index.ts';
import type { Design, Reason, SignalName } from '../../spec/index.ts';
import { childrenOf } from './child.ts';
import { circling } from './circles.ts';
import { observe, pageState, type PageState } from './observe.ts';
import type { Happened, Node, Resting } from './node.ts';
import type { Alternative, Observation } from './outcome.ts';
import { operationByName, type OperationName, type PageOperation } from './operations/index.ts';
import { onlyTries, settled } from './rest.ts';
import { neighbourRule, spontaneousRules, type Unasked } from './unasked.ts';
import { sequentialWorld, type Content, type SequentialWorld } from './world.ts';
import type { SessionKind } from './session.ts';
import type { Kernel } from '../kernel.ts';

/**
 * What the operations of a session mean for one page.
 *
 * A state is at rest when only voluntary steps are enabled. An operation is one voluntary step from there, and then every
 * interleaving of the steps that must follow, its own and those of a thread that earlier operations left blocked, until the
 * world is at rest again. A thread that tries its access again for ever is at rest where it is about to. Everything is tabulated when it is first asked for.
 */
export class Sequential {
  readonly design: Design;
  readonly kind: SessionKind;
  readonly kernel: Kernel;
  readonly #system: System;
  readonly #states: Resting[] = [];
  readonly #ids = new Map<string, number>();
  readonly #known = new Map<string, readonly Alternative[]>();
  /** The state in which nothing has been done yet. */
  readonly initial: number;

  constructor(design: Design, kind: SessionKind, world: SequentialWorld = sequentialWorld(design, kind)) {
    this.design = design;
    this.kind = kind;
    this.kernel = world.kernel;
    this.#system = world.system;
    this.initial = this.#intern({ state: this.#system.initial, descriptor: false, staging: false });
  }

  #intern(resting: Resting): number {
    const key = `${this.#system.key(resting.state)}|${resting.descriptor ? 'd' : ''}${resting.staging ? 's' : ''}`;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    this.#ids.set(key, this.#states.length);
    return this.#states.push(resting) - 1;
  }

  #resting(id: number): Resting {
    const resting = this.#states[id];
    if (resting === undefined) throw new Error(`no state ${id} in ${this.kind}`);
    return resting;
  }

  /** How many states have been met so far. */
  get states(): number {
    return this.#states.length;
  }

  /** The regions of a state: its entry and its registration. */
  page(id: number): PageState {
    return pageState(this.kernel, this.#system, this.#resting(id).state);
  }

  /** What a state is like beside its entry. */
  surroundings(id: number): {
    readonly prot: 'rw' | 'r' | 'none';
    readonly accessible: boolean;
    readonly thread: 'idle' | 'blocked';
    /** With `blocked`: what the message of the access is about. */
    readonly waitsFor: Reason;
    readonly async: boolean;
    readonly descriptor: boolean;
    readonly staging: boolean;
    readonly content: Content;
  } {
    const { state, descriptor, staging } = this.#resting(id);
    return {
      prot: this.#system.value(state, 'vma.prot') as 'rw' | 'r' | 'none',
      accessible: this.#system.value(state, 'vma.prot') !== 'none',
      thread: this.#system.value(state, 'cpu0.at') === 'user' ? 'idle' : 'blocked',
      waitsFor: this.#system.value(state, 'message.reason[0]') as Reason,
      async: this.#system.value(state, 'ctx.async') === true,
      descriptor,
      staging,
      content: this.#system.value(state, 'content.live[0]') as Content,
    };
  }

  /**
   * Every way that an operation may go from a state, with at most `k` environment steps that nobody asked for. With
   * `crowd` a read of another page may fault meanwhile, which maps this one where the file has it.
   */
  outcomes(id: number, name: OperationName, k = 0, crowd = false): readonly Alternative[] {
    const key = `${id} ${k} ${crowd} ${name}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const operation = operationByName.get(name);
    if (operation === undefined) throw new Error(`unknown operation ${name}`);
    const found = this.#explore(this.#resting(id), operation, { k, crowd });
    this.#known.set(key, found);
    return found;
  }

  /** Nothing is done to this page: what can be seen of it, and what the environment may do to it. */
  idle(id: number, k = 0, crowd = false): readonly Alternative[] {
    const key = `${id} ${k} ${crowd}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const resting = this.#resting(id);
    const found = this.#follow(resting, [this.#start(resting)], { ret: () => '0', ends: resting }, { k, crowd });
    this.#known.set(key, found);
    return found;
  }

  #start({ state }: Resting): Node {
    return { state, happened: {}, parent: undefined, rule: '', used: 0 };
  }

  /** Where an operation begins; fork begins with what its child may see, which depends on nothing that comes later. */
  #starts(resting: Resting, name: OperationName): readonly Node[] {
    const start = this.#start(resting);
    if (!name.startsWith('fork')) return [start];
    const { state } = resting;
    const prot = this.#system.value(state, 'vma.prot');
    const permitted = prot === 'rw' || (prot === 'r' && name === 'fork r');
    const content = this.#system.value(state, 'content.live[0]') as Content;
    const page = pageState(this.kernel, this.#system, state);
    return childrenOf(page, this.design.decisions, name === 'fork w', permitted, content).map((child) => ({
      ...start,
      happened: { child },
    }));
  }

  #explore(resting: Resting, operation: PageOperation, unasked: Unasked): readonly Alternative[] {
    const { name } = operation;
    const stay = (ret: string, ends = resting, extra: Partial<Observation> = {}): readonly Alternative[] =>
      this.#follow(ends, [this.#start(ends)], { ret: () => ret, ends, extra }, unasked);
    if (name === 'api') return resting.descriptor ? stay('EINVAL') : stay('0', this.#reopened(resting));
    if (operation.descriptor && !resting.descriptor) return stay('EBADF');
    if (name === 'register-staging') return stay('0', { ...resting, staging: true });
    if (name === 'evict' && !resting.staging) return stay('EINVAL');
    const first = this.#firsts(resting.state, operation);
    const extra: Partial<Observation> = {
      ...(name === 'read' && { message: this.#message(resting.state, first.length > 0) }),
      ...(name === 'scan-wp' && { scanned: null }),
      ...(name === 'migrate' && { moved: false }),
    };
    const skipped =
      first.length === 0 || operation.maySkip !== undefined
        ? stay(operation.otherwise === 'nothing' ? '0' : operation.otherwise, resting, extra)
        : [];
    const begun = this.#starts(resting, name).flatMap((start) => first.map((s) => this.#after(start, s, operation)));
    const ends = name === 'close' ? { ...resting, descriptor: false, staging: false } : resting;
    const ret = (state: SystemState): string => {
      const result = this.#system.value(state, 'manager.result') as string;
      return result === '-' ? '0' : result;
    };
    const taken = this.#follow(resting, begun, { ret, ends, extra }, unasked);
    return [...taken, ...skipped.map((s) => ({ ...s, because: operation.maySkip ? [operation.maySkip] : s.because }))];
  }

  /** The same page under a new descriptor: what the old one had registered is gone, and faults go their way again. */
  #reopened(resting: Resting): Resting {
    const { ground, initial } = this.#system;
    const codes = [...this.#system.codes(resting.state)];
    const fresh = this.#system.codes(initial);
    ground.slots.forEach(({ name }, slot) => {
      if (['vma.uffd', 'vma.minor', 'ctx.async', 'ctx.released'].includes(name)) codes[slot] = fresh[slot] as number;
    });
    return { state: this.#system.stateOf(codes), descriptor: true, staging: false };
  }

  #firsts(state: SystemState, { step }: PageOperation): readonly Successor[] {
    if (step === undefined) return [];
    return this.#system.successors(state).filter(({ step: number }) => {
      const ground = this.#system.ground.steps[number];
      return (
        ground?.rule === step.rule && Object.entries(step.chosen).every(([key, value]) => ground.chosen[key] === value)
      );
    });
  }

  #message(state: SystemState, readable: boolean): readonly string[] {
    if (!readable) return [];
    const reason = this.#system.value(state, 'message.reason[0]') as string;
    const write = this.#system.value(state, 'cpu0.access') === 'write';
    return ['pagefault', ...(write ? ['write'] : []), ...(reason === 'missing' ? [] : [reason])];
  }

  #after(from: Node, { step, next }: Successor, operation?: PageOperation): Node {
    const rule = this.#system.ground.steps[step]?.rule ?? '';
    const happened: { -readonly [K in keyof Happened]: Happened[K] } = { ...from.happened };
    const content = (): Content => this.#system.value(from.state, 'content.live[0]') as Content;
    for (const { name, payload } of this.#system.events(from.state, step)) {
      if (name === 'access completes') {
        happened.access = payload['access'] === 'write' ? { kind: 'write' } : { kind: 'read', content: content() };
      } else if (name === 'access refused') {
        happened.access = { kind: 'signal', signal: payload['signal'] as SignalName };
      } else if (name === 'page staged' || name === 'page saved') happened.saved ??= content();
    }
    if (rule === 'make_uffd_wp_pte/clear') {
      happened.scanned = observe(pageState(this.kernel, this.#system, from.state), this.design.decisions).scan;
    }
    if (rule === 'remove_migration_pte/store' && operation === undefined) happened.moved = true;
    return { state: next, happened, parent: from, rule, used: from.used };
  }

  /** Follows every interleaving from the nodes given until nothing is left that must happen. */
  #follow(
    _from: Resting,
    begun: readonly Node[],
    call: {
      readonly ret: (state: SystemState) => string;
      readonly ends: Resting;
      readonly extra?: Partial<Observation>;
    },
    { k, crowd }: Unasked,
  ): readonly Alternative[] {
    const seen = new Map<string, number>();
    const queue: Node[] = [];
    const edges: [number, number][] = [];
    const add = (node: Node): number => {
      const key = `${this.#system.key(node.state)}|${JSON.stringify(node.happened)}|${node.used}`;
      const known = seen.get(key) ?? queue.push(node) - 1;
      seen.set(key, known);
      return known;
    };
    begun.forEach(add);
    const found = new Map<string, Alternative>();
    const resting: number[] = [];
    for (const [i, node] of queue.entries()) {
      const successors = this.#system.successors(node.state);
      let atRest = true;
      for (const successor of successors) {
        if (!this.#system.voluntary(successor.step)) {
          atRest = false;
          edges.push([i, add(this.#after(node, successor))]);
          continue;
        }
        const rule = this.#system.ground.steps[successor.step]?.rule ?? '';
        if (crowd && rule === neighbourRule) add(this.#after(node, successor));
        else if (node.used < k && spontaneousRules.has(rule))
          add({ ...this.#after(node, successor), used: node.used + 1 });
      }
      if (atRest) {
        resting.push(i);
        this.#collect(found, node, call);
      }
    }
    for (const i of circling(queue.length, edges, resting)) {
      const node = queue[i] as Node;
      if (onlyTries(this.#system, node.state)) this.#collect(found, node, call);
    }
    return [...found.values()];
  }

  #collect(
    found: Map<string, Alternative>,
    node: Node,
    call: { readonly ret: (s: SystemState) => string; readonly ends: Resting; readonly extra?: Partial<Observation> },
  ): void {
    const { state, happened } = node;
    const blocked = this.#system.value(state, 'cpu0.at') !== 'user';
    const observation: Observation = {
      ret: call.ret(state),
      thread: happened.access ? 'done' : blocked ? 'blocked' : 'idle',
      ...call.extra,
      ...(happened.access && { access: happened.access }),
      ...(happened.saved && { saved: happened.saved }),
      ...(happened.scanned && { scanned: happened.scanned }),
      ...(happened.child && { child: happened.child }),
      ...(call.extra?.moved !== undefined && happened.moved && { moved: true }),
      entry: observe(pageState(this.kernel, this.#system, state), this.design.decisions),
    };
    const next = this.#intern({ ...call.ends, state: settled(this.#system, state) });
    const key = `${JSON.stringify(observation)}${next}`;
    if (found.has(key)) return;
    const because = this.#wayTo(node);
    found.set(key, {
      observation,
      next,
      because,
      spontaneous: node.used === 0 ? [] : because.filter((rule) => spontaneousRules.has(rule)),
    });
  }

  #wayTo(node: Node): readonly string[] {
    const rules: string[] = [];
    for (let at: Node | undefined = node; at?.parent; at = at.parent) rules.unshift(at.rule);
    return rules;
  }
}
