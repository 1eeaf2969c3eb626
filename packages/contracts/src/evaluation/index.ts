import { auditCheckpointed as auditCheckpointedOf } from '../shared/checkpoint.ts';
import { findingRaised as findingRaisedOf } from '../shared/finding.ts';
import { noticeRequested as noticeRequestedOf } from '../shared/notice.ts';

export * from './grade.ts';
export * from './needs-survey.ts';
export const auditCheckpointed = auditCheckpointedOf('evaluation');
export const findingRaised = findingRaisedOf('evaluation');
export const noticeRequested = noticeRequestedOf('evaluation');
