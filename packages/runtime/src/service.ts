import type { Owner } from '@shixun/contracts';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { type AccessTable, mergeAccess } from './access.ts';
import { checkpointChore } from './audit/checkpoint.ts';
import { auditSigner } from './audit/signing.ts';
import { auditInOrder, checkpointMarks, checkpoints } from './audit/store.ts';
import { authenticator } from './authentication.ts';
import type { EventBus } from './bus/port.ts';
import { answerRows } from './command/answers.ts';
import type { CommandRoom } from './command/execute.ts';
import { masterKeys, type ServiceConfig, type UploadLimits } from './config.ts';
import { type Collection, connectDatabase, type Database, type RowBase } from './database.ts';
import { type Events, startEvents } from './events.ts';
import { buildSubgraphApp } from './graph/app.ts';
import type { ResolverTable } from './graph/context.ts';
import { buildGuardedSchema, readTypeDefs, sharedAccess } from './graph/schema.ts';
import { createHealth } from './health.ts';
import type { EventHandler } from './inbox/handler.ts';
import { eventCollections } from './inbox/store.ts';
import { openObjects } from './objects/open.ts';
import type { ObjectStore } from './objects/port.ts';
import { PersonBook, type Persons, redirectHandlers, redirectRows } from './persons.ts';
import { PolicyBook, policyPublishedHandler, policyRows } from './policies.ts';
import { replicaRows } from './replicas/members.ts';
import { ownedIn, Replicas } from './replicas/replicas.ts';
import type { Chore } from './scheduler/chore.ts';
import { choreRows } from './scheduler/lease.ts';
import { startChores } from './scheduler/scheduler.ts';
import { createLogger } from './telemetry/logs.ts';
import { Metrics } from './telemetry/metrics.ts';
import { startTracing } from './telemetry/traces.ts';
import type { RunOptions } from './unit/run.ts';
import { auditEntries, streamHeads } from './unit/streams.ts';

/** A service, said in one place: what it shows, who may, what it keeps, what it hears. */
export type ServiceDefinition = {
  readonly name: Owner;
  /** Its source folder: every `schema*.graphql` below belongs to its subgraph. */
  readonly directory: string;
  readonly resolvers: readonly ResolverTable[];
  readonly access: AccessTable;
  readonly collections: readonly Collection<RowBase>[];
  readonly handlers: readonly EventHandler[];
  /** What time alone brings about. */
  readonly chores?: readonly Chore[];
  /** Plain HTTP beside the graph, for what a graph is not made for: files. Only the gateway reaches it. */
  readonly routes?: (app: FastifyInstance, room: FilesRoom) => void;
  /** Work at its own pace, from the opening of the door until `stop`; several replicas share it by leases. */
  readonly worker?: (room: FilesRoom) => Worker;
  /** What must stand before it answers: data the service itself brings. Runs at every start, so it is idempotent. */
  readonly prepare?: (room: ServiceRoom) => Promise<void>;
};

/** What a service works in, for those who work on it from the same process: bulk loaders, tests, commands. */
export type ServiceRoom = {
  readonly db: Database;
  readonly run: RunOptions;
  readonly policies: PolicyBook;
  /** Which records are of one person; absent where nobody was ever merged. */
  readonly persons?: Persons;
  readonly personalDataKey: Buffer;
};

/** The room of those who work on files that people bring. */
export type FilesRoom = ServiceRoom & {
  /** Null when no store is configured. */
  readonly objects: ObjectStore | null;
  readonly uploads: UploadLimits;
  readonly log: Logger;
};

export type Worker = {
  /** Ends after the step at hand; what is left is taken up by whoever comes next. */
  readonly stop: () => Promise<void>;
};

export type Service = ServiceDefinition & {
  readonly typeDefs: string;
  readonly schema: GraphQLSchema;
  readonly allCollections: readonly Collection<RowBase>[];
  readonly allHandlers: readonly EventHandler[];
};

export type StartOptions = {
  /** The bus shared by services of one process; without it the service connects to Kafka as configured. */
  readonly bus?: EventBus;
  /** A clock that tests can move. */
  readonly clock?: () => Date;
  readonly faultPoint?: RunOptions['faultPoint'];
};

export type RunningService = ServiceRoom & {
  readonly name: Owner;
  readonly url: string;
  readonly app: FastifyInstance;
  readonly close: () => Promise<void>;
};

export function defineService(definition: ServiceDefinition): Service {
  const typeDefs = readTypeDefs(definition.directory);
  const access = mergeAccess(sharedAccess, definition.access);
  const schema = buildGuardedSchema({ typeDefs, resolvers: definition.resolvers, access });
  return {
    ...definition,
    access,
    typeDefs,
    schema,
    allCollections: [
      ...definition.collections,
      answerRows,
      replicaRows,
      auditEntries,
      streamHeads,
      policyRows,
      redirectRows,
      choreRows,
      auditInOrder,
      checkpoints,
      checkpointMarks,
      ...eventCollections,
    ] as Collection<RowBase>[],
    allHandlers: [...definition.handlers, policyPublishedHandler, ...redirectHandlers],
  };
}

/** Starts a service: database, policies, relay and consumers, then the door. Stops in the opposite order. */
export async function startService(
  service: Service,
  config: ServiceConfig,
  options: StartOptions = {},
): Promise<RunningService> {
  const log = createLogger(service.name, config.logLevel);
  const stopTracing = startTracing(service.name, config.otlpEndpoint);
  const db = await connectDatabase({ uri: config.mongodbUri, database: config.database });
  await db.ensureIndexes(service.allCollections);
  const policies = new PolicyBook(db);
  await policies.start();
  const persons = new PersonBook(db);
  await persons.start();
  const metrics = new Metrics(service.name);
  const personalDataKey = masterKeys(config.personalDataKey);
  const clock = options.clock ?? (() => new Date());
  const run: RunOptions = {
    service: service.name,
    clock,
    onOutbox: () => events?.wake(),
    faultPoint: options.faultPoint,
  };
  const room = { db, run, policies, persons, personalDataKey };
  let events: Events | undefined;
  await service.prepare?.(room);
  const started = startEvents({ service, config, room, metrics, log, bus: options.bus });
  events = started;
  const objects = openObjects(config.objects, personalDataKey);
  const stopChores = startChores(choresOf(service, config), {
    room: { ...room, objects },
    log,
    metrics,
  });
  const health = createHealth(db, [started.liveness]);
  const replicas = new Replicas({
    db,
    secret: personalDataKey,
    gatewayCredential: config.gatewayCredential,
    log,
  });
  const commandRoom: CommandRoom = {
    ...room,
    access: service.access,
    metrics,
    lanes: new Map(),
    replicas,
  };
  const filesRoom: FilesRoom = { ...room, objects, uploads: config.uploads, log };
  const app = await buildSubgraphApp({
    service: service.name,
    schema: service.schema,
    room: commandRoom,
    authenticate: authenticator(config.authentication),
    clock,
    health,
    metrics,
    log,
    gatewayCredential: config.gatewayCredential,
    routes: (scope) => {
      replicas.routes(scope, commandRoom, ownedIn(service.resolvers));
      service.routes?.(scope, filesRoom);
    },
  });
  const url = await app.listen({ host: config.host, port: config.port });
  await replicas.join(config.advertisedUrl === '' ? url : config.advertisedUrl);
  log.info({ url }, 'listening');
  const worker = service.worker?.(filesRoom);
  const close = async () => {
    health.stopping();
    await replicas.leave();
    await app.close();
    await worker?.stop();
    await stopChores();
    await started.stop();
    policies.stop();
    persons.stop();
    await db.close();
    await stopTracing();
  };
  return { ...room, name: service.name, url: `${url}/graphql`, app, close };
}

/** The service's own chores, and the checkpoints of its audit where there is a key to sign with. [GOV-02] */
function choresOf(service: Service, { auditSigningKey }: ServiceConfig): readonly Chore[] {
  const own = service.chores ?? [];
  if (auditSigningKey === '') return own;
  return [...own, checkpointChore({ service: service.name, signer: auditSigner(auditSigningKey) })];
}

/** Runs one service as a process of its own: stops cleanly on SIGTERM and SIGINT, and leaves with 1 on what it can't mend. */
export async function runAlone(service: Service, config: ServiceConfig): Promise<void> {
  const log: Logger = createLogger(service.name, config.logLevel);
  process.on('unhandledRejection', (error) => {
    log.fatal({ err: error }, 'unhandled rejection');
    process.exit(1);
  });
  const running = await startService(service, config);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping');
      running.close().then(
        () => process.exit(0),
        (error) => {
          log.fatal({ err: error }, 'did not stop cleanly');
          process.exit(1);
        },
      );
    });
  }
}
