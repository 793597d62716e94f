import type { PageState } from './observe.ts';
import type { Sequential } from './sequential.ts';
import { sessions } from './session.ts';

/**
 * The name of an entry's form: `present+uffd+no-access`, `zero`, `file+uffd`, `swap+uffd`, `marker`, `none`; where the
 * file has a page that the entry does not map, `+cached`. What nobody can tell apart has one name.
 */
export function entryForm({ entry, file }: PageState): string {
  const { form, uffd, access, write, maps, swap, exclusive } = entry;
  const plain = form === 'present' && (maps === 'zero' || maps === 'file');
  const parts = [(plain ? maps : form) ?? ''];
  if (file && file.cache !== 'none' && (form === 'none' || form === 'marker')) parts.push('cached');
  if (uffd === 'uffd' && form !== 'marker') parts.push('uffd');
  if (form === 'present') {
    if (access === 'no-access') parts.push('no-access');
    else if (uffd === 'uffd' && write === 'write') parts.push('writable');
    else if (uffd !== 'uffd' && write === 'no' && !plain) parts.push('read-only');
  }
  if (form === 'present' && maps === 'anon' && exclusive === 'no') parts.push('shared');
  if (form === 'swap' && swap === 'shared') parts.push('shared');
  return parts.join('+');
}

/**
 * How the surroundings of an entry differ from those that a session is about: registered for its protection alone,
 * accessible, in the mode that it started in, with an open descriptor and an idle thread.
 */
export function context(model: Sequential, id: number): string {
  const { registration, file } = model.page(id);
  const around = model.surroundings(id);
  const { protection, async } = sessions[model.kind];
  const parts: string[] = [];
  if (!around.descriptor) parts.push('closed');
  else if (registration['protection'] === 'none' && registration['missing'] !== 'missing' && !file?.minor)
    parts.push('unregistered');
  else if (registration['protection'] !== protection) parts.push(`for-${registration['protection']}`);
  if (registration['missing'] === 'missing') parts.push('missing');
  if (file?.minor) parts.push('minor');
  if (around.prot !== 'rw') parts.push(around.prot === 'r' ? 'read-only' : 'prot-none');
  if (protection === 'rwp' && around.async !== async) parts.push(around.async ? 'now-async' : 'now-sync');
  if (around.thread === 'blocked') parts.push('blocked');
  return parts.join('+');
}
