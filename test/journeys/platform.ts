/** The whole platform for a test: on the servers the runner brought, in databases and topics of its own. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemoClock } from '@shixun/infra/local/demo-clock';
import { startIssuer } from '@shixun/infra/local/issuer';
import {
  loadServices,
  type Services,
  startGateway,
  startServices,
} from '@shixun/infra/local/platform';
import { loadSampleStandards } from '@shixun/infra/province/curriculum';
import { demoPeople } from '@shixun/infra/province/demo-people';
import { untilHeard } from '@shixun/infra/province/heard';
import { loadDemoProvince } from '@shixun/infra/province/load';
import { castOf } from '@shixun/infra/story/cast';
import type { Actor, World } from '@shixun/infra/story/world';
import type { Grant } from '@shixun/runtime';
import { Kafka, logLevel } from 'kafkajs';

export type TestPlatform = {
  readonly services: Services;
  readonly world: World;
  readonly told: readonly string[];
  /** What an operator's program is given to reach it. */
  readonly operator: Readonly<Record<string, string>>;
  /** Anybody else, signed in. */
  readonly signIn: (id: string, grants: readonly Grant[]) => Promise<Actor>;
  readonly close: () => Promise<void>;
};

export type LastingPlatform = {
  readonly name: string;
  readonly folder: string;
  readonly port: number;
};

/** `kafka` takes the broker of KAFKA_BROKERS, otherwise events travel in process. */
export async function startTestPlatform(options: {
  readonly kafka: boolean;
  /** Another broker than the runner's. */
  readonly brokers?: string;
  /** Errors only, unless said. */
  readonly logLevel?: string;
  /** Takes up an earlier platform of that name, with its data, keys and port. */
  readonly lasting?: LastingPlatform;
}): Promise<TestPlatform> {
  const stack = new AsyncDisposableStack();
  const { lasting } = options;
  const folder = lasting?.folder ?? (await mkdtemp(join(tmpdir(), 'shixun-journey-')));
  if (!lasting) stack.defer(() => rm(folder, { recursive: true, force: true }));
  const unique = lasting?.name ?? randomBytes(4).toString('hex');
  const issuer = await startIssuer(folder);
  stack.defer(() => issuer.close());
  const clock = await startDemoClock(join(folder, 'clock'));
  stack.defer(() => clock.close());
  const platform = {
    mongodbUri: process.env['MONGODB_URI'] ?? '',
    kafkaBrokers: options.kafka ? (options.brokers ?? process.env['KAFKA_BROKERS'] ?? '') : null,
    issuer,
    keysFolder: folder,
    logLevel: options.logLevel ?? 'error',
    clock: clock.now,
    databasePrefix: `test_${unique}_`,
    topicPrefix: `test-${unique}.`,
  };
  const services = await startServices(await loadServices(), platform, stack);
  await loadDemoProvince({ registry: services.registry, size: 'small' });
  await loadSampleStandards(services.courses);
  await untilHeard(services);
  const port = lasting?.port ?? 0;
  const gatewayUrl = await startGateway(services, { ...platform, port, operations: [] }, stack);
  const people = demoPeople('small', clock.now().getFullYear());
  const cast = await castOf(people, ({ subject: sub, name, grants }) =>
    issuer.issueToken({ sub, name, grants }),
  );
  const told: string[] = [];
  const world: World = {
    cast,
    gatewayUrl,
    now: async () => clock.now(),
    advance: clock.advance,
    tell: ({ en }) => told.push(en),
  };
  const signIn = async (id: string, grants: readonly Grant[]): Promise<Actor> => {
    const token = await issuer.issueToken({ sub: id, name: id, grants });
    return { id, name: id, token };
  };
  const secret = (name: string) => readFile(join(folder, name), 'utf8');
  const operator = {
    MONGODB_URI: platform.mongodbUri,
    DATABASE_PREFIX: platform.databasePrefix,
    KAFKA_BROKERS: platform.kafkaBrokers ?? '',
    KAFKA_TOPIC_PREFIX: platform.topicPrefix,
    PERSONAL_DATA_KEY: await secret('personal-data.key'),
    AUDIT_SIGNING_KEY: await secret('audit-signing.key'),
  };
  const close = async () => {
    for (const { db } of Object.values(services)) await db.connection.dropDatabase();
    await stack.disposeAsync();
    if (platform.kafkaBrokers) await removeTopics(platform.kafkaBrokers, platform.topicPrefix);
  };
  return { services, world, told, operator, signIn, close };
}

/** Each platform leaves hundreds of partitions, and a broker that keeps thousands answers slowly. */
async function removeTopics(brokers: string, prefix: string): Promise<void> {
  const admin = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    const topics = (await admin.listTopics()).filter((name) => name.startsWith(prefix));
    await admin.deleteTopics({ topics });
  } finally {
    await admin.disconnect();
  }
}
