import type { GroundClaim, GroundProtocol, GroundStep } from './language/index.ts';

function shownState(ground: GroundProtocol, state: readonly number[]): string {
  return ground.slots.map((s, i) => `${s.name}=${String(s.variable.domain.values[state[i] ?? 0])}`).join(' ');
}

/** The protocol is wrong, not the system that it describes: a search cannot go on and gives no verdict. */
export class ProtocolFault extends Error {
  override readonly name = 'ProtocolFault';

  /** A step that is enabled but cannot be carried out. */
  static inStep(ground: GroundProtocol, step: GroundStep, state: readonly number[], cause: unknown): ProtocolFault {
    const why = cause instanceof Error ? cause.message : String(cause);
    const chosen = Object.entries(step.chosen).map(([key, value]) => `${key}=${String(value)}`);
    const where = [step.actor, step.rule, ...chosen].join(' ');
    return new ProtocolFault(`${ground.name}: ${where}: ${why}\n  in ${shownState(ground, state)}`, { cause });
  }

  /** A claim that cannot be evaluated. */
  static inClaim(ground: GroundProtocol, claim: GroundClaim, state: readonly number[], cause: unknown): ProtocolFault {
    const why = cause instanceof Error ? cause.message : String(cause);
    const where = `${claim.property}: ${claim.says}`;
    return new ProtocolFault(`${ground.name}: ${where}: ${why}\n  in ${shownState(ground, state)}`, { cause });
  }
}
