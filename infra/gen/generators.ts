import { contracts } from './contracts.ts';
import { environment } from './environment.ts';
import { errors } from './errors.ts';
import { events } from './events.ts';
import type { Generator } from './generator.ts';
import { notices } from './notices.ts';
import { ruleCoverage } from './rule-coverage.ts';
import { rules } from './rules.ts';
import { supergraph } from './supergraph.ts';

/** Every generator of the project; `npm run gen` runs them in this order. */
export const generators: readonly Generator[] = [
  contracts,
  supergraph,
  rules,
  errors,
  notices,
  environment,
  ruleCoverage,
  events,
];
