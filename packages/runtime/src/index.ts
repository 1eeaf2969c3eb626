export * from './access.ts';
export { type Anchor, anchorsIn } from './audit/anchors.ts';
export { signCheckpoints } from './audit/checkpoint.ts';
export { auditSigner, auditVerifiers } from './audit/signing.ts';
export { checkpoints } from './audit/store.ts';
export { auditTrails } from './audit/trail.ts';
export { type AuditProblem, type AuditReport, verifyAudit } from './audit/verify.ts';
export * from './authentication.ts';
export { InProcessBus } from './bus/in-process.ts';
export type { KafkaSettings } from './bus/kafka/client.ts';
export { KafkaBus } from './bus/kafka/kafka-bus.ts';
export { groupLag, rewindGroup, type TopicLag } from './bus/kafka/operator.ts';
export { readTopics, type TopicMessage } from './bus/kafka/read-topics.ts';
export type { EventBus } from './bus/port.ts';
export * from './caller.ts';
export * from './command/answers.ts';
export {
  type Command,
  type CommandContext,
  defineCommand,
  defineGroupedCommand,
  type NotFound,
  notFound,
} from './command/define.ts';
export { type CommandRoom, execute } from './command/execute.ts';
export * from './config.ts';
export * from './database.ts';
export { type ExplainedList, readTwoPages } from './explained-lists.ts';
export { blotted } from './graph/blotting.ts';
export { connectionFields } from './graph/connection-fields.ts';
export { GraphContext, mutation, type Resolver, type ResolverTable } from './graph/context.ts';
export { unguardedFields } from './graph/guard.ts';
export { badInput, type Connection, connection, type PageRequest } from './graph/paging.ts';
export { currentRequestId } from './graph/request-id.ts';
export { buildGuardedSchema, readTypeDefs, sharedAccess } from './graph/schema.ts';
export * from './inbox/handler.ts';
export * from './inbox/operator.ts';
export { topicsOf } from './inbox/topics.ts';
export { FolderStore } from './objects/folder.ts';
export { type AskedLink, type SignedLinks, signedLinks } from './objects/links.ts';
export { type ObjectsConfig, openObjects } from './objects/open.ts';
export {
  type ByteRange,
  type ObjectHead,
  ObjectMissing,
  type ObjectStore,
} from './objects/port.ts';
export { ObjectBroken, SealedObjects } from './objects/sealed.ts';
export { type Linked, noFile, sendFile, uploadRoute } from './objects/upload-route.ts';
export {
  eachTried,
  FileRefused,
  type StoringRoom,
  spareOf,
  type Uploads,
} from './objects/uploads.ts';
export { outboxLag } from './outbox/metrics.ts';
export * from './outbox/store.ts';
export { PersonBook, type Persons, redirectHandlers, separatePersons } from './persons.ts';
export { PolicyBook, policyRows } from './policies.ts';
export { QueryPlans } from './query-plans.ts';
export { Replicas } from './replicas/replicas.ts';
export { type Chore, type ChoreRoom, LeaseLost, type Turn } from './scheduler/chore.ts';
export { eachMaster, NotOpened, openBytes, sealBytes } from './secrets.ts';
export * from './service.ts';
export { createLogger } from './telemetry/logs.ts';
export { Metrics } from './telemetry/metrics.ts';
export * from './telemetry/traces.ts';
export type { NoticeNote, Recipient } from './unit/notices.ts';
export * from './unit/run.ts';
export * from './unit/streams.ts';
export { type Filter, Unit, type Update } from './unit/unit.ts';
export { GuardFailed } from './unit/writes.ts';
