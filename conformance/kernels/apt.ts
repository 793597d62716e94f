import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where this machine gets its Debian packages from. */
export interface AptSource {
  readonly uri: string;
  readonly signedBy: string | undefined;
}

/** An apt that works in a folder of its own, with suites of its own: nothing is installed, nothing of the machine's is touched. */
export interface PrivateApt {
  /** Fetch the package lists; an error in one line, or undefined. */
  update(): string | undefined;
  /** Packages of these names (regular expression), with every version on offer. */
  find(pattern: string): readonly AptPackage[];
  /** Fetch a package file into `folder`; an error in one line, or undefined. */
  download(name: string, version: string, folder: string): string | undefined;
}

/** A package on offer. */
export interface AptPackage {
  readonly name: string;
  readonly version: string;
}

/** One-line sources: `deb [signed-by=K] URI SUITE …`. */
function parseOneLine(text: string): readonly (AptSource & { readonly suites: string })[] {
  return text.split('\n').flatMap((line) => {
    const found = /^deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(.*)$/.exec(line.trim());
    if (found === null) return [];
    const signedBy = /signed-by=(\S+)/.exec(found[1] ?? '')?.[1];
    return [{ uri: found[2] ?? '', signedBy, suites: found[3] ?? '' }];
  });
}

/** Sources in the deb822 form: paragraphs of `Key: value`. */
function parseParagraphs(text: string): readonly (AptSource & { readonly suites: string })[] {
  return text.split(/\n\s*\n/).flatMap((paragraph) => {
    const field = (name: string): string | undefined =>
      new RegExp(`^${name}:[ \\t]*(\\S.*)$`, 'im').exec(paragraph)?.[1]?.trim();
    const [uri] = (field('URIs') ?? '').split(/\s+/);
    if (uri === undefined || uri === '' || !(field('Types') ?? '').split(/\s+/).includes('deb')) return [];
    if (field('Enabled') === 'no') return [];
    return [{ uri, signedBy: field('Signed-By'), suites: field('Suites') ?? '' }];
  });
}

/** The first source of Debian proper in the machine's apt configuration; security has other suites. */
export function debianSource(etc = '/etc/apt'): AptSource | undefined {
  const parts = join(etc, 'sources.list.d');
  const files = [
    join(etc, 'sources.list'),
    ...(existsSync(parts) ? readdirSync(parts).toSorted() : []).map((name) => join(parts, name)),
  ].filter((path) => existsSync(path));
  const all = files.flatMap((path) => {
    const text = readFileSync(path, 'utf8');
    if (path.endsWith('.sources')) return parseParagraphs(text);
    return path.endsWith('.list') ? parseOneLine(text) : [];
  });
  const found = all.find(({ uri, suites }) => /\/debian\/?$/.test(uri) && !suites.includes('-security'));
  return found && { uri: found.uri, signedBy: found.signedBy };
}

/** The line of apt's output that says what went wrong. */
function aptError(text: string): string {
  const line = text.split('\n').find((one) => /^(E|Err)[:\s]/.test(one));
  return (line ?? text.trim().split('\n').at(-1) ?? '').replace(/^E:\s*/, '') || 'no message';
}

/** Lines `name | version | where` of `apt-cache madison`. */
function parseMadison(text: string): readonly AptPackage[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', version = ''] = line.split('|').map((part) => part.trim());
    return version === '' ? [] : [{ name, version }];
  });
}

/** Set up an apt in `folder` that sees `suites` and nothing else. */
export function privateApt(folder: string, source: AptSource, suites: readonly string[]): PrivateApt {
  const lists = join(folder, 'lists');
  const cache = join(folder, 'cache');
  mkdirSync(join(lists, 'partial'), { recursive: true });
  mkdirSync(join(cache, 'archives', 'partial'), { recursive: true });
  const list = join(folder, 'sources.list');
  const signed = source.signedBy === undefined ? '' : `[signed-by=${source.signedBy}] `;
  writeFileSync(list, suites.map((suite) => `deb ${signed}${source.uri} ${suite} main\n`).join(''));
  const settings = [
    `Dir::Etc::sourcelist=${list}`,
    'Dir::Etc::sourceparts=/dev/null',
    `Dir::State::lists=${lists}`,
    `Dir::Cache=${cache}`,
    'APT::Sandbox::User=root',
    'Acquire::Languages=none',
    'Acquire::Retries=1',
  ].flatMap((setting) => ['-o', setting]);
  const run = (
    program: string,
    words: readonly string[],
    cwd = folder,
  ): { failed: string | undefined; text: string } => {
    const ended = spawnSync(program, ['-q', ...settings, ...words], { cwd, encoding: 'utf8', maxBuffer: 2 ** 26 });
    if (ended.error) return { failed: `${program} cannot be run: ${ended.error.message}`, text: '' };
    const failed = ended.status === 0 ? undefined : aptError(ended.stderr + ended.stdout);
    return { failed, text: ended.stdout };
  };
  return {
    update: () => run('apt-get', ['update', '--error-on=any']).failed,
    find: (pattern) => {
      const names = run('apt-cache', ['search', '--names-only', pattern])
        .text.split('\n')
        .flatMap((line) => line.split(' - ')[0] || []);
      return names.length === 0 ? [] : parseMadison(run('apt-cache', ['madison', ...names]).text);
    },
    download: (name, version, into) => run('apt-get', ['download', `${name}=${version}`], into).failed,
  };
}

/** Does `left` come after `right` in dpkg's order of versions? */
export function isNewer(left: string, right: string): boolean {
  return spawnSync('dpkg', ['--compare-versions', left, 'gt', right]).status === 0;
}
