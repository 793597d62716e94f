import type { Branch, Given } from '../machine/kernel-function.ts';

type Right<Name extends string> = Branch & { readonly name: Name };

/**
 * What a page of a file gets when it is given the access of its VMA: write permission where the permissions of the VMA
 * themselves have it, and none else. `target` is what changes beside.
 */
export function fileRights(
  target: Readonly<Record<string, string>>,
  given: Given = {},
): readonly [Right<'file-writable'>, Right<'file-read-only'>] {
  const when = { form: 'present', maps: 'file' };
  return [
    {
      name: 'file-writable',
      because: 'A page of a shared file gets its access and write permission, unless WP wants to hear of writes.',
      when: { ...when, writable: 'yes' },
      given,
      target: { ...target, access: 'vma', write: 'write' },
    },
    {
      name: 'file-read-only',
      because: 'Any other page of a file gets its access, and write permission when it is written to.',
      when,
      given,
      target: { ...target, access: 'vma', write: 'no' },
    },
  ];
}
