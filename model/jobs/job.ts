import type { Own } from '../beside.ts';
import { designOf, type Design, type DesignName } from '../../spec/index.ts';
import { applyMutant } from '../mutants/apply.ts';
import { loadMutant } from '../mutants/load.ts';
import { namedMutants } from '../mutants/named.ts';
import { scenarios, type ScenarioName, type Size } from '../scenarios/index.ts';
import { verify, type CellResult, type Searched, type VerifyOptions } from '../verify.ts';

/** One verification as plain data, so that another thread can do it. */
export interface Job {
  readonly scenario: ScenarioName;
  readonly design: DesignName;
  /** `decision=value`, or a file. */
  readonly mutant?: string;
  readonly size?: Size;
  readonly properties?: readonly string[];
  /** Say where a mutant changes nothing that is reachable; costs a second search. */
  readonly compare?: boolean;
  /** Searches that were done already. */
  readonly known?: ReadonlyMap<string, Searched>;
  readonly maxStates?: number;
  readonly maxMemory?: number;
  readonly maxSeconds?: number;
}

/** A job's mutant, worked out. */
type Prepared = Pick<VerifyOptions, 'changes'> & { readonly design: Design };

/** The mutants that need no file and were worked out in this thread: the tables of their machines are made once. */
const worked = new Map<string, Prepared>();

/** Everything of a job that cannot cross threads, worked out. */
export async function prepareJob({ design, mutant: id }: Job): Promise<Prepared> {
  if (id === undefined) return { design: designOf(design) };
  const key = `${design} ${id}`;
  const known = worked.get(key);
  if (known) return known;
  const named = namedMutants(design).find((mutant) => mutant.id === id);
  if (named === undefined) return applyMutant(await loadMutant(id), id);
  const applied = applyMutant(named.mutant, id);
  worked.set(key, applied);
  return applied;
}

/** What this thread has searched to compare mutants with. */
const owns = new Map<string, Own>();

/** Does a job in this thread. */
export async function runJob(job: Job, options: Pick<VerifyOptions, 'progress' | 'signal'> = {}): Promise<CellResult> {
  const { scenario, design: _, mutant: __, ...limits } = job;
  const { design, changes } = await prepareJob(job);
  return verify(scenarios[scenario], design, { ...limits, ...options, owns, ...(changes && { changes }) });
}
