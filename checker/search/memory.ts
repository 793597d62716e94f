import type { SearchProgram, Store } from '../compile/search-program.ts';

/** The share of the index that may be full. */
const fullest = 0.75;

/** The memory of one search: grows by doubling, never beyond what is allowed. */
export class SearchMemory {
  readonly #program: SearchProgram;
  readonly #words: number;
  readonly #birthBytes: 1 | 2 | 4;
  readonly #maxBytes: number;
  #store: Store;

  /** `successors` is the most that one state can have. */
  constructor(program: SearchProgram, words: number, successors: number, maxBytes: number) {
    this.#program = program;
    this.#words = words;
    this.#birthBytes = successors < 2 ** 8 ? 1 : successors < 2 ** 16 ? 2 : 4;
    this.#maxBytes = maxBytes;
    let slots = 2 ** 12;
    while (slots * fullest < successors + 1) slots *= 2;
    this.#store = this.#allocate(slots, Math.floor(slots * fullest));
    program.attach(this.#store);
  }

  /** What has been stored. */
  get store(): Store {
    return this.#store;
  }

  /** How many states there is room for. */
  get capacity(): number {
    return this.#store.states.length / this.#words;
  }

  /** Bytes in use for `states` states. */
  bytesFor(states: number): number {
    return this.#store.index.byteLength + states * this.#stateBytes();
  }

  #stateBytes(): number {
    return 4 * this.#words + this.#birthBytes;
  }

  #allocate(slots: number, states: number): Store {
    const born =
      this.#birthBytes === 1
        ? new Uint8Array(states)
        : this.#birthBytes === 2
          ? new Uint16Array(states)
          : new Uint32Array(states);
    return { states: new Int32Array(states * this.#words), index: new Int32Array(slots), born };
  }

  /** Makes room for more states; false when the limit or the machine does not allow it. */
  grow(): boolean {
    const slots = this.#store.index.length * (this.#store.index.length < 2 ** 20 ? 4 : 2);
    const affordable = Math.floor((this.#maxBytes - slots * 4) / this.#stateBytes());
    const states = Math.min(Math.floor(slots * fullest), affordable);
    if (states <= this.capacity || slots > 2 ** 31) return false;
    try {
      const larger = this.#allocate(slots, states);
      larger.states.set(this.#store.states);
      larger.born.set(this.#store.born);
      this.#program.attach(larger);
      this.#store = larger;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
    return true;
  }
}
