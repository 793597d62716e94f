import { literal, not, oneOf } from '../../checker/language/index.ts';
import { anchor, type Kernel } from '../kernel.ts';

const points = ['idle', 'lock', 'entry', 'unlock'] as const;
const read = literal(oneOf('fault', 'read', 'write'), 'read');

/** A read fault on a page nearby, which maps what else the file has around it, where no mode of the VMA forbids that. */
export function faultAround(k: Kernel): void {
  const { file } = k;
  if (!file) return;
  const p = k.protocol.process('neighbour', points);
  const page = p.local('page', k.pages, 0);
  const does = anchor('mm/filemap.c', 'filemap_map_pages');
  const choices = { v: k.pages };
  p.step(
    'filemap_map_pages/begin',
    { does, says: 'a read faults on a page nearby', at: 'idle', to: 'lock', voluntary: true, choices },
    ({ v }) => ({
      when: [
        k.entryIs(v, { form: 'none' }),
        file.cache(v).isOneOf('clean', 'dirty'),
        not(file.minor),
        not(k.protects('wp')),
        not(k.protects('rwp')),
        k.prot.isNot('none'),
      ],
      then: [page.becomes(v)],
    }),
  );
  p.step(
    'filemap_map_pages/lock',
    { does, says: 'the page-table lock is taken', at: 'lock', to: 'entry', choices },
    ({ v }) => ({ when: [page.is(v)], acquire: k.ptl(v) }),
  );
  p.step(
    'filemap_map_pages/store',
    { does, says: 'the page is mapped beside the one that faulted', at: 'entry', to: 'unlock', choices },
    ({ v }) => ({
      when: [page.is(v), k.entryIs(v, { form: 'none' })],
      requires: [k.ptl(v)],
      then: [k.pte(v).becomes(k.entry.next(k.pte(v), 'set_pte_range', { ...k.vmaFacts(), fault: read }))],
    }),
  );
  p.step(
    'filemap_map_pages/skip',
    { does, says: 'an entry that is not empty is passed over', at: 'entry', to: 'unlock', choices },
    ({ v }) => ({ when: [page.is(v), not(k.entryIs(v, { form: 'none' }))], requires: [k.ptl(v)] }),
  );
  p.step(
    'filemap_map_pages/unlock',
    { does, says: 'the page-table lock is given back', at: 'unlock', to: 'idle', choices },
    ({ v }) => ({ when: [page.is(v)], release: k.ptl(v) }),
  );
}
