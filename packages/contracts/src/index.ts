export * from './all-events.ts';
export * from './compatibility.ts';
export * as courses from './courses/index.ts';
export * as credits from './credits/index.ts';
export * from './define-event.ts';
export * from './envelope.ts';
export * as evaluation from './evaluation/index.ts';
export * from './json-schema.ts';
export * as registry from './registry/index.ts';
export { type AuditCheckpointed, auditCheckpointed } from './shared/checkpoint.ts';
export { type FindingRaised, findingRaised } from './shared/finding.ts';
export {
  type NoticeRecipientKind,
  type NoticeRequested,
  noticeRecipientKinds,
  noticeRequested,
} from './shared/notice.ts';
