import { designNames, type Design, type DesignName } from './design.ts';
import { linux73 } from './linux-7.3.ts';
import { linux618, rfcV1, rfcV2, rfcV3, uffdWp } from './others.ts';

export * from './design.ts';

/** All designs by name. */
export const designs: { readonly [N in DesignName]: Design } = {
  'uffd-wp': uffdWp,
  'rfc-v1': rfcV1,
  'rfc-v2': rfcV2,
  'rfc-v3': rfcV3,
  'linux-7.3': linux73,
  'linux-6.18': linux618,
};

/** True for the name of a design. */
export function isDesignName(name: string): name is DesignName {
  return (designNames as readonly string[]).includes(name);
}
