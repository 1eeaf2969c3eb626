import { auditCheckpointed as auditCheckpointedOf } from '../shared/checkpoint.ts';
import { findingRaised as findingRaisedOf } from '../shared/finding.ts';
import { noticeRequested as noticeRequestedOf } from '../shared/notice.ts';

export * from './completion.ts';
export * from './enrollment.ts';
export * from './project.ts';
export * from './schedule.ts';
export * from './tracking.ts';
export const auditCheckpointed = auditCheckpointedOf('courses');
export const findingRaised = findingRaisedOf('courses');
export const noticeRequested = noticeRequestedOf('courses');
