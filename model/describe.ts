import type { Describe } from '../checker/index.ts';
import {
  entryMachine,
  hide,
  tabulate,
  designs,
  waiterMachine,
  registrationMachine,
  type Configuration,
} from '../spec/index.ts';

let known: ReadonlyMap<string, Configuration> | undefined;

/** The configurations of all machines under all designs, by machine and name; worked out when a trace is printed. */
function configurations(): ReadonlyMap<string, Configuration> {
  if (known) return known;
  const byName = new Map<string, Configuration>();
  for (const machine of [hide(entryMachine, 'young'), waiterMachine, registrationMachine]) {
    for (const design of Object.values(designs)) {
      const tabulated = tabulate(machine, design.decisions);
      tabulated.domain.values.forEach((name, code) =>
        byName.set(`${machine.name}:${name}`, tabulated.configurations[code] as Configuration),
      );
    }
  }
  known = byName;
  return byName;
}

/** Shows an entry by its parts, so that a trace prints only those that a step changed. */
export const describeEntry: Describe = ({ variable }, value) => {
  if (variable.role !== 'machine') return String(value);
  return configurations().get(`${variable.domain.name}:${String(value)}`) ?? String(value);
};
