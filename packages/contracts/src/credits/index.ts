import { findingRaised as findingRaisedOf } from '../shared/finding.ts';

export * from './entry.ts';
export const findingRaised = findingRaisedOf('credits');
