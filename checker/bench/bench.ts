import { argv, memoryUsage, stdout } from 'node:process';
import { check } from '../check.ts';
import { entriesProtocol, entriesSizes } from './entries.ts';

/** Prints what one size costs: states, states a second, bytes a state. */
function measure(name: keyof typeof entriesSizes): void {
  const result = check(entriesProtocol(entriesSizes[name]));
  const rate = result.states / result.seconds / 1e6;
  const cells = [
    name.padEnd(7),
    `${result.states} states`,
    `${result.transitions} transitions`,
    `depth ${result.depth}`,
    `${result.words} words (${result.bits} bits)`,
    `${result.seconds.toFixed(2)} s`,
    `${rate.toFixed(2)} M states/s`,
    `${result.bytesPerState.toFixed(1)} B/state`,
    `RSS ${(memoryUsage.rss() / 2 ** 20).toFixed(0)} MB`,
    result.results.map((r) => `${r.property} ${r.verdict}`).join(', '),
  ];
  stdout.write(`${cells.join('  ')}\n`);
}

const names = Object.keys(entriesSizes) as (keyof typeof entriesSizes)[];
const asked = names.filter((name) => argv.includes(name));
(asked.length > 0 ? asked : names).forEach(measure);
