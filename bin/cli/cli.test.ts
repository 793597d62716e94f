import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, describe, expect, test } from 'vitest';
import { exitCodeOf } from './exit.ts';
import { laterOption } from './later.ts';
import { writeWhole } from './output.ts';
import { throwing } from './program.ts';
import { oneOf, UsageError } from './usage.ts';
import { count, memory, seconds } from './values.ts';

describe('exit codes', () => {
  test('the worst outcome wins: internal, violated, incomplete, vacuous, skipped', () => {
    expect(exitCodeOf([])).toBe(0);
    expect(exitCodeOf(['ok', 'skipped'])).toBe(4);
    expect(exitCodeOf(['skipped', 'vacuous', 'ok'])).toBe(6);
    expect(exitCodeOf(['vacuous', 'incomplete'])).toBe(3);
    expect(exitCodeOf(['incomplete', 'violated'])).toBe(1);
    expect(exitCodeOf(['violated', 'internal', 'ok'])).toBe(5);
  });
});

describe('names', () => {
  const designs = ['linux-7.3', 'linux-6.18', 'rfc-v1'] as const;

  test('a known name is itself', () => {
    expect(oneOf('design', 'rfc-v1', designs)).toBe('rfc-v1');
  });

  test('a near miss is told with its neighbour', () => {
    expect(() => oneOf('design', 'linux7.3', designs)).toThrow(
      new UsageError(
        "unknown design 'linux7.3' (did you mean 'linux-7.3'?): expected one of linux-7.3, linux-6.18, rfc-v1",
      ),
    );
  });

  test('a far miss is told without a guess', () => {
    expect(() => oneOf('design', 'windows', designs)).toThrow(
      new UsageError("unknown design 'windows': expected one of linux-7.3, linux-6.18, rfc-v1"),
    );
  });

  test('a long list is cut, and says how long it is', () => {
    const vectors = Array.from({ length: 40 }, (_, i) => `vector-number-${i}`);
    expect(() => oneOf('vector', 'x', vectors)).toThrow(/vector-number-11, … \(40 in all\)$/);
  });
});

describe('option values', () => {
  test('counts are whole and not below the least', () => {
    expect(count(1)('12')).toBe(12);
    for (const text of ['0', '-1', '1.5', '1e3', '', 'many', '99999999999999999999'])
      expect(() => count(1)(text), text).toThrow('Expected a whole number, 1 or more.');
  });

  test('seconds may have fractions and are above 0', () => {
    expect(seconds('0.5')).toBe(0.5);
    for (const text of ['0', '-1', '1s', '']) expect(() => seconds(text), text).toThrow('Expected a number of seconds');
  });

  test('memory has a unit, or is in megabytes', () => {
    expect(memory('2G')).toBe(2 ** 31);
    expect(memory('64k')).toBe(2 ** 16);
    expect(memory('512')).toBe(2 ** 29);
    for (const text of ['0', '2T', '1.5G', '', 'G']) expect(() => memory(text), text).toThrow('Expected an amount');
  });
});

/** Parse the arguments of a command whose option `--workers` is planned. */
function parseWithLaterOption(args: readonly string[]): void {
  const command = new Command('check').action(() => {});
  laterOption(command, 'workers');
  throwing(command).parse(args, { from: 'user' });
}

describe('options of later releases', () => {
  test.for([['--workers'], ['--workers', '2'], ['--workers=2']])('%s is refused in one line', (args) => {
    expect(() => parseWithLaterOption(args)).toThrow(new UsageError("'--workers' is not in this release"));
  });

  test('are not shown', () => {
    const command = new Command('check');
    laterOption(command, 'workers');
    expect(command.helpInformation()).not.toContain('workers');
  });
});

describe('writing a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-write-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('makes its folder and leaves nothing else behind', () => {
    writeWhole(join(folder, 'a', 'b.json'), '{}\n');
    expect(readFileSync(join(folder, 'a', 'b.json'), 'utf8')).toBe('{}\n');
    expect(readdirSync(join(folder, 'a'))).toEqual(['b.json']);
  });

  test('that fails says why in one line, and leaves nothing behind', () => {
    const taken = join(folder, 'taken');
    mkdirSync(taken);
    expect(() => writeWhole(taken, 'x')).toThrow(
      new UsageError(`cannot write ${taken}: illegal operation on a directory`),
    );
    expect(readdirSync(folder)).toEqual(['a', 'taken']);
  });

  test('on a full disk says so, and keeps what was there', ({ skip }) => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', disk]).status === 0;
    if (!mounted) skip('no permission to mount a small disk');
    try {
      const report = join(disk, 'report.json');
      writeWhole(report, 'before');
      expect(() => writeWhole(report, 'x'.repeat(2 ** 16))).toThrow(
        new UsageError(`cannot write ${report}: no space left on device`),
      );
      expect(readFileSync(report, 'utf8')).toBe('before');
      expect(readdirSync(disk)).toEqual(['report.json']);
    } finally {
      spawnSync('umount', [disk]);
    }
  });
});
