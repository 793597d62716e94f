import type { Defect } from './defect.ts';
import { elsewhere } from './elsewhere.ts';
import { released } from './released.ts';
import { foundInReview } from './review.ts';

export * from './defect.ts';

/** Real defects of WP and RWP, each as a mutant of Linux 7.3 where the model has what it takes. */
export const defects: readonly Defect[] = [...foundInReview, ...released, ...elsewhere];
