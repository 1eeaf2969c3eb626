import * as courses from './courses/index.ts';
import * as credits from './credits/index.ts';
import type { AnyEventContract } from './define-event.ts';
import * as evaluation from './evaluation/index.ts';
import * as registry from './registry/index.ts';

const modules = [registry, courses, credits, evaluation];

/** Every event of every service, by type: the generators, the topics and the bus start from here. */
export const allEvents: readonly AnyEventContract[] = modules
  .flatMap((module): AnyEventContract[] => Object.values(module))
  .sort((a, b) => (a.type < b.type ? -1 : 1));
