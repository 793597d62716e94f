import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { debianSource, privateApt } from './apt.ts';
import { temporaryFolder } from './testing/needs.ts';

/** An apt configuration with these files. */
function etc(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder(onTestFinished);
  mkdirSync(join(folder, 'sources.list.d'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe('where this machine gets its packages from', () => {
  test('is read from the deb822 form, past security, sources and what is switched off', () => {
    const text = [
      'Types: deb-src\nURIs: http://one.example/debian\nSuites: bookworm',
      'Types: deb\nURIs: http://two.example/debian-security\nSuites: bookworm-security\nComponents: main',
      'Types: deb\nEnabled: no\nURIs: http://three.example/debian\nSuites: bookworm',
      '# a remark\nTypes: deb\nURIs: http://four.example/debian\nSuites: bookworm bookworm-updates\nComponents: main\nSigned-By: /k.gpg',
    ].join('\n\n');
    expect(debianSource(etc({ 'sources.list.d/debian.sources': text }))).toEqual({
      uri: 'http://four.example/debian',
      signedBy: '/k.gpg',
    });
  });

  test('is read from the one-line form', () => {
    const text =
      '# deb http://no.example/debian sid main\ndeb [arch=amd64 signed-by=/k.gpg] http://five.example/debian/ bookworm main\n';
    expect(debianSource(etc({ 'sources.list': text }))).toEqual({
      uri: 'http://five.example/debian/',
      signedBy: '/k.gpg',
    });
    expect(debianSource(etc({ 'sources.list': 'deb http://six.example/debian bookworm main' }))).toEqual({
      uri: 'http://six.example/debian',
      signedBy: undefined,
    });
  });

  test('may be nowhere', () => {
    expect(
      debianSource(etc({ 'sources.list.d/debian.sources.disabled': 'Types: deb\nURIs: http://x.example/debian' })),
    ).toBe(undefined);
    expect(debianSource('/no/such/folder')).toBe(undefined);
  });
});

describe('an apt of our own', () => {
  test('sees only the suites that it was given, in a folder of its own', () => {
    const folder = temporaryFolder(onTestFinished);
    privateApt(folder, { uri: 'http://one.example/debian', signedBy: '/k.gpg' }, ['sid', 'forky']);
    expect(readFileSync(join(folder, 'sources.list'), 'utf8')).toBe(
      'deb [signed-by=/k.gpg] http://one.example/debian sid main\ndeb [signed-by=/k.gpg] http://one.example/debian forky main\n',
    );
  });

  test('says in one line that its lists cannot be fetched', () => {
    const folder = temporaryFolder(onTestFinished);
    const failed = privateApt(folder, { uri: 'http://127.0.0.1:9/debian', signedBy: undefined }, ['sid']).update();
    expect(failed).toMatch(/^[^\n]+$/);
  });
});
