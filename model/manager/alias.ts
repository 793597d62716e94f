import { choose, emit, literal, type Term } from '../../checker/language/index.ts';
import { saved, savedFrom, writtenElsewhere } from '../../spec/index.ts';
import { cacheDomain, type Cached, type FileState } from '../file.ts';
import { anchor, type Kernel } from '../kernel.ts';
import type { Manager } from './manager.ts';

const does = anchor('mm/shmem.c', 'shmem_fault');

/** User space reads or writes the page through another mapping of the file, where nothing is registered. */
export function alias(k: Kernel, { cache }: FileState, m: Manager): void {
  const { process: p, cursor } = m;
  const off = !k.options.calls.has('alias') && 'the file is mapped once';
  const choices = { v: k.pages };
  const after = {
    read: (v: Term<number>): Term<Cached> =>
      choose(
        cache(v).is('none'),
        literal(cacheDomain, 'clean'),
        choose(cache(v).is('swap'), literal(cacheDomain, 'dirty'), cache(v)),
      ),
    write: (): Term<Cached> => literal(cacheDomain, 'dirty'),
  };
  for (const kind of ['read', 'write'] as const) {
    p.step(
      `manager/alias-${kind}`,
      {
        does,
        says: `user space ${kind}s the page through another mapping: the folio is locked`,
        at: 'idle',
        to: `alias-${kind}`,
        voluntary: true,
        choices,
        off,
      },
      ({ v }) => ({ acquire: k.folio(v), then: [cursor.becomes(v)] }),
    );
    p.step(
      `shmem_fault/alias-${kind}`,
      { does, says: 'the file has the page from now on', at: `alias-${kind}`, to: 'idle', choices, off },
      ({ v }) => ({
        when: [cursor.is(v)],
        release: k.folio(v),
        then: [cache(v).becomes(after[kind](v)), m.result.becomes('0')],
        emits:
          kind === 'write'
            ? [emit(writtenElsewhere, { page: v })]
            : [emit(saved, { page: v, from: literal(savedFrom, 'mapped') })],
      }),
    );
  }
}
