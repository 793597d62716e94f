import { AR } from './AR.ts';
import { FP } from './FP.ts';
import { I1 } from './I1.ts';
import { LM } from './LM.ts';
import { LW } from './LW.ts';
import { MS } from './MS.ts';
import type { Property, PropertyId } from './property.ts';
import { SF } from './SF.ts';

export * from './property.ts';

/** The catalogue. */
export const properties: { readonly [P in PropertyId]: Property } = { FP, LM, SF, LW, I1, AR, MS };
