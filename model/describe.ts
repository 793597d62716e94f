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

const byName = new Map<string, Configuration>();
for (const machine of [hide(entryMachine, 'young'), waiterMachine, registrationMachine]) {
  for (const design of Object.values(designs)) {
    const { domain, configurations } = tabulate(machine, design.decisions);
    domain.values.forEach((name, code) => byName.set(`${machine.name}:${name}`, configurations[code] as Configuration));
  }
}

/** Shows an entry by its parts, so that a trace prints only those that a step changed. */
export const describeEntry: Describe = ({ variable }, value) => {
  if (variable.role !== 'machine') return String(value);
  return byName.get(`${variable.domain.name}:${String(value)}`) ?? String(value);
};
