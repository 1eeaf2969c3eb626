/** The bulk path: what commands record with, for loaders that bring what no person types. */

export { recordSampleStandards } from './curriculum-standards/commands-sample.ts';
