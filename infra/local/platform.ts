import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildGateway, type ExplorerOperation, readPersistedDocuments } from '@shixun/gateway';
import {
  authenticator,
  createLogger,
  InProcessBus,
  type RunningService,
  type ServiceConfig,
  serviceConfig,
  startService,
} from '@shixun/runtime';
import { projectRoot } from './cache-folder.ts';
import type { Issuer } from './issuer.ts';
import { systemCode, Trouble } from './trouble.ts';

export type PlatformOptions = {
  readonly mongodbUri: string;
  /** Brokers as host:port, comma-separated; null delivers events from the outbox in process. */
  readonly kafkaBrokers: string | null;
  readonly issuer: Issuer;
  /** Holds the key that wraps the keys of personal data. */
  readonly keysFolder: string;
  /** Where uploaded files are kept, sealed; beside the keys without it. */
  readonly objectsFolder?: string;
  readonly logLevel: string;
  /** A clock that can be set forward; the machine's own without it. */
  readonly clock?: () => Date;
  /** Put before the databases' names, so that tests can share a server. */
  readonly databasePrefix?: string;
  /** Put before every topic and group, so that tests can share a broker. */
  readonly topicPrefix?: string;
};

export const serviceNames = ['registry', 'courses', 'credits', 'evaluation'] as const;
export type ServiceName = (typeof serviceNames)[number];
export type Services = Readonly<Record<ServiceName, RunningService>>;

/** Loads the four services' code: worth doing while the database starts. */
export async function loadServices() {
  const [registry, courses, credits, evaluation] = await Promise.all([
    import('@shixun/registry'),
    import('@shixun/courses'),
    import('@shixun/credits'),
    import('@shixun/evaluation'),
  ]);
  return {
    registry: registry.service,
    courses: courses.service,
    credits: credits.service,
    evaluation: evaluation.service,
  };
}

/**
 * Starts the four subgraphs in this process, each on a loopback port and a database of its own. What is started goes
 * onto the stack, so that it is stopped in the opposite order.
 */
export async function startServices(
  definitions: Awaited<ReturnType<typeof loadServices>>,
  options: PlatformOptions,
  stack: AsyncDisposableStack,
): Promise<Services> {
  const personalDataKey = await keptPersonalDataKey(options.keysFolder);
  const auditSigningKey = await keptAuditKey(options.keysFolder);
  const configOf = (name: ServiceName): ServiceConfig =>
    serviceConfig(
      {
        HTTP_PORT: '0',
        MONGODB_URI: options.mongodbUri,
        EVENT_BUS: options.kafkaBrokers === null ? 'in-process' : 'kafka',
        KAFKA_BROKERS: options.kafkaBrokers ?? '',
        KAFKA_TOPIC_PREFIX: options.topicPrefix ?? process.env.KAFKA_TOPIC_PREFIX,
        AUTH_ISSUER: options.issuer.url,
        AUTH_AUDIENCE: options.issuer.audience,
        AUTH_JWKS_URL: options.issuer.jwksUrl,
        PERSONAL_DATA_KEY: personalDataKey,
        AUDIT_SIGNING_KEY: auditSigningKey,
        OBJECTS_FOLDER: options.objectsFolder ?? join(options.keysFolder, 'objects'),
        LOG_LEVEL: options.logLevel,
        OTEL_EXPORTER_OTLP_ENDPOINT: process.env.OTEL_EXPORTER_OTLP_ENDPOINT,
      },
      { database: `${options.databasePrefix ?? ''}${name}`, port: 0 },
    );
  const bus =
    options.kafkaBrokers === null
      ? new InProcessBus({ expected: serviceNames, log: createLogger('bus', options.logLevel) })
      : undefined;
  if (bus !== undefined) stack.defer(() => bus.stop());
  const start = async (name: ServiceName): Promise<RunningService> => {
    const config = configOf(name);
    const running = await startService(definitions[name], config, {
      ...(bus === undefined ? {} : { bus }),
      ...(options.clock === undefined ? {} : { clock: options.clock }),
    });
    stack.defer(() => running.close());
    return running;
  };
  const [registry, courses, credits, evaluation] = await Promise.all([
    start('registry'),
    start('courses'),
    start('credits'),
    start('evaluation'),
  ]);
  return { registry, courses, credits, evaluation };
}

/**
 * Opens the gateway before the services.
 * @throws Trouble when the port is taken.
 */
export async function startGateway(
  services: Services,
  options: PlatformOptions & {
    readonly port: number;
    readonly operations: readonly ExplorerOperation[];
  },
  stack: AsyncDisposableStack,
): Promise<string> {
  const { issuer, port } = options;
  const gateway = await buildGateway({
    production: false,
    supergraphPath:
      process.env.SUPERGRAPH_PATH ?? join(projectRoot, 'gateway', 'supergraph.graphql'),
    subgraphUrls: Object.fromEntries(serviceNames.map((name) => [name, services[name].url])),
    authenticate: authenticator({
      issuer: issuer.url,
      audience: issuer.audience,
      jwksUrl: issuer.jwksUrl,
    }),
    explorer: { operations: options.operations },
    persistedDocuments: await readPersistedDocuments(
      join(projectRoot, 'gateway', 'persisted-documents.json'),
    ),
    log: createLogger('gateway', options.logLevel),
  });
  stack.defer(() => gateway.close());
  try {
    return await gateway.listen({ host: '127.0.0.1', port });
  } catch (error) {
    throw systemCode(error) === 'EADDRINUSE' ? portTaken(port) : error;
  }
}

/** What to say when somebody else listens where the gateway should. */
export function portTaken(port: number): Trouble {
  return new Trouble(
    `Port ${port} is taken by another program: end that program, or choose another port with \`npm start -- --port ${port + 1}\`.`,
  );
}

function keptPersonalDataKey(folder: string): Promise<string> {
  return keptSecret(folder, 'personal-data.key', () => randomBytes(32).toString('base64'));
}

/** Lies beside the data here, which is good enough for a trial; in production it comes from elsewhere. [GOV-02] */
function keptAuditKey(folder: string): Promise<string> {
  return keptSecret(folder, 'audit-signing.key', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    return privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  });
}

async function keptSecret(folder: string, name: string, make: () => string): Promise<string> {
  const file = join(folder, name);
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null) return kept;
  const fresh = make();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(file, fresh, { mode: 0o600 });
  return fresh;
}
