import { auditCheckpointed as auditCheckpointedOf } from '../shared/checkpoint.ts';
import { findingRaised as findingRaisedOf } from '../shared/finding.ts';
import { noticeRequested as noticeRequestedOf } from '../shared/notice.ts';

export * from './entry.ts';
export const auditCheckpointed = auditCheckpointedOf('credits');
export const findingRaised = findingRaisedOf('credits');
export const noticeRequested = noticeRequestedOf('credits');
