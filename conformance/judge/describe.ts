import type { Observation } from '../../model/sequential/outcome.ts';

function accessText(access: Observation['access']): string {
  if (access === undefined) return '';
  if (access.kind === 'write') return 'write';
  return access.kind === 'read' ? `read ${access.content}` : access.signal;
}

function bitsOf(child: NonNullable<Observation['child']>): string {
  return (['present', 'swap', 'uffd', 'marker'] as const).filter((bit) => child[bit]).join(' ');
}

/** An observation of the model, for reading. */
export function describeObservation({
  ret,
  thread,
  access,
  message,
  scanned,
  saved,
  moved,
  child,
  entry,
}: Observation): string {
  const bits = (['present', 'swap', 'uffd', 'marker', 'guard', 'exclusive'] as const).filter((bit) => entry[bit]);
  const words = [
    `returned ${ret}`,
    `thread ${thread}`,
    accessText(access),
    message === undefined ? '' : `messages [${message.join('+')}]`,
    scanned === undefined ? '' : `scanned [${scanned?.join(' ') ?? ''}]`,
    saved === undefined ? '' : `saved ${saved}`,
    moved === undefined ? '' : moved ? 'moved' : 'not moved',
    child === undefined ? '' : `child [${bitsOf(child)}] ${accessText(child.access)}`,
    `entry [${bits.join(' ')}]`,
    `scan [${entry.scan.join(' ')}]`,
  ];
  return words.filter((word) => word !== '').join(', ');
}
