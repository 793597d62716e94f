import type { Binding } from './expression.ts';
import type { GroundProtocol } from './ground.ts';
import { groundStep } from './ground-step.ts';
import { bindings, Grounder } from './grounder.ts';
import type { ProcessDeclaration } from './process.ts';
import type { Protocol } from './protocol.ts';

/** Binds every parameter of a protocol and lowers locks and properties to slots. */
export function groundProtocol(protocol: Protocol): GroundProtocol {
  const g = new Grounder(protocol);
  const none: Binding = new Map();
  const steps = protocol.steps.flatMap((step) => {
    const process = protocol.processes.find((p) => p.name === step.process) as ProcessDeclaration;
    return [...bindings(step.parameters)].flatMap((binding) => groundStep(g, step, process, binding));
  });
  const actors = protocol.processes.flatMap((process) =>
    (process.index?.values ?? [0]).map((value, code) => ({
      name: process.name + (process.index ? String(value) : ''),
      process: process.name,
      pc: g.slot(process.pc, process.index ? [{ kind: 'constant', code }] : []),
      points: process.points,
    })),
  );
  const stateClaims = protocol.monitors.flatMap(({ property, claims }) =>
    claims.flatMap((c) =>
      c.kind === 'neverStep'
        ? []
        : [{ property, says: c.says, of: g.at(c.of, none), quiescent: c.kind === 'neverQuiescent' }],
    ),
  );
  const stateWitnesses = protocol.monitors.flatMap(({ property, witnesses }) =>
    witnesses.flatMap((w) => (w.kind === 'step' ? [] : [{ property, says: w.says, of: g.at(w.of, none) }])),
  );
  return {
    name: protocol.name,
    slots: g.slots,
    initial: g.slots.map((s) => s.variable.initial),
    actors,
    steps,
    rules: [...new Set(protocol.steps.map((s) => s.rule))].filter(
      (rule) => !protocol.off.has(rule) && !protocol.unused.has(rule),
    ),
    stateClaims,
    stateWitnesses,
    witnesses: protocol.monitors.flatMap(({ property, witnesses }) =>
      witnesses.map(({ says }) => ({ property, says })),
    ),
    properties: ['impossible', ...protocol.monitors.map((m) => m.property)],
    off: protocol.off,
  };
}
