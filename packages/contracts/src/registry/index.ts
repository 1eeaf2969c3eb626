import { auditCheckpointed as auditCheckpointedOf } from '../shared/checkpoint.ts';
import { findingRaised as findingRaisedOf } from '../shared/finding.ts';
import { noticeRequested as noticeRequestedOf } from '../shared/notice.ts';

export * from './identity.ts';
export * from './institution.ts';
export * from './monitor.ts';
export * from './notice.ts';
export * from './policy.ts';
export * from './region.ts';
export * from './reorganization.ts';
export * from './school.ts';
export * from './teacher.ts';
export * from './trainer.ts';
export const auditCheckpointed = auditCheckpointedOf('registry');
export const findingRaised = findingRaisedOf('registry');
export const noticeRequested = noticeRequestedOf('registry');
