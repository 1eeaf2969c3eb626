import { findingRaised as findingRaisedOf } from '../shared/finding.ts';

export * from './completion.ts';
export * from './enrollment.ts';
export * from './project.ts';
export const findingRaised = findingRaisedOf('courses');
