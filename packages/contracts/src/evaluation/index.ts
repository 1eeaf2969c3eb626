import { findingRaised as findingRaisedOf } from '../shared/finding.ts';

export * from './grade.ts';
export const findingRaised = findingRaisedOf('evaluation');
