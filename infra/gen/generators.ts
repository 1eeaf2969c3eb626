import type { Generator } from './generator.ts';

/** Every generator of the project; `npm run gen` runs them in this order. */
export const generators: readonly Generator[] = [];
