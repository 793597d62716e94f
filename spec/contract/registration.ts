import { functionsOf, judged, type ContractLine } from './line.ts';

const uffd = 'mm/userfaultfd.c';

/** What registering promises. */
export const registrationLines: readonly ContractLine[] = [
  {
    number: 1,
    id: 'never-both',
    says: 'No VMA has WP and RWP at once, so that the uffd bit of an entry has one meaning.',
    source: {
      standing: 'P',
      document: 'pagemap.rst',
      sentence: 'WP and RWP are mutually exclusive per VMA, so the meaning is unambiguous',
    },
    by: functionsOf(uffd, 'userfaultfd_register'),
    judging: judged(['never-both', 'rwprotect-leaves-wp-alone'], [{ property: 'FP', scenarios: ['wp-plus-rwp'] }]),
  },
  {
    number: 2,
    id: 'no-silent-drop',
    says: 'Registering again never drops WP or RWP: it returns EBUSY, and changes nothing.',
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence: 'Re-registering an already-registered range must not drop any of the modes',
    },
    by: functionsOf(uffd, 'userfaultfd_register'),
    judging: judged(['register-drops-nothing']),
  },
  {
    number: 3,
    id: 'rwp-needs',
    says: 'RWP needs a 64-bit kernel built for it, its feature asked for, and a VMA that somebody may access.',
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence:
        'Requesting an unsupported feature in ``uffdio_api.features`` makes ``UFFDIO_API`` fail with ``EINVAL``',
      beyond: 'that an inaccessible VMA is refused',
    },
    by: functionsOf(uffd, 'userfaultfd_api', 'userfaultfd_register'),
    judging: judged(['register-refuses-inaccessible'], [], 'the features of other kernels and architectures'),
  },
  {
    number: 4,
    id: 'registering-arms-nothing',
    says: 'Registering protects no page and unprotects none; only the calls that protect do.',
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence: 'until the page is explicitly write-protected by ``ioctl(UFFDIO_WRITEPROTECT)``',
      beyond: 'that it holds for RWP too, and that registering unprotects nothing',
    },
    by: functionsOf(uffd, 'userfaultfd_register_range'),
    judging: judged(['register-arms-nothing', 'register-disarms-nothing']),
  },
];
