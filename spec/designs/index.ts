import { designNames, type Design, type DesignName } from './design.ts';
import { linux_7_3 } from './linux-7.3.ts';
import { linux_6_18, rfc_v1, rfc_v2, rfc_v3, uffd_wp } from './others.ts';

export * from './design.ts';

/** All designs by name. */
export const designs: { readonly [N in DesignName]: Design } = {
  'uffd-wp': uffd_wp,
  'rfc-v1': rfc_v1,
  'rfc-v2': rfc_v2,
  'rfc-v3': rfc_v3,
  'linux-7.3': linux_7_3,
  'linux-6.18': linux_6_18,
};

/** True for the name of a design. */
export function isDesignName(name: string): name is DesignName {
  return (designNames as readonly string[]).includes(name);
}
