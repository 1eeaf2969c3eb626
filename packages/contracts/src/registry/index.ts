import { findingRaised as findingRaisedOf } from '../shared/finding.ts';

export * from './institution.ts';
export * from './policy.ts';
export * from './region.ts';
export * from './school.ts';
export * from './teacher.ts';
export * from './trainer.ts';
export const findingRaised = findingRaisedOf('registry');
