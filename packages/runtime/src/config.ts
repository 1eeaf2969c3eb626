import { z } from 'zod';
import type { ObjectsConfig } from './objects/open.ts';

/** The environment was not as it must be; the message lists every problem, not the first. */
export class ConfigInvalid extends Error {
  override readonly name = 'ConfigInvalid';
}

const production = (env: Readonly<Record<string, string | undefined>>): boolean =>
  env['NODE_ENV'] === 'production';

/** What every service reads from its environment; secrets come from here only. */
export const serviceEnvironment = z
  .object({
    NODE_ENV: z
      .enum(['development', 'test', 'production'])
      .default('development')
      .describe('production closes introspection and refuses development defaults'),
    HTTP_HOST: z.string().default('127.0.0.1').describe('address to listen on'),
    HTTP_PORT: z.coerce.number().int().min(0).max(65535).describe('port to listen on; 0 takes any'),
    HTTP_ADVERTISED_URL: z
      .union([z.literal(''), z.url()])
      .default('')
      .describe(
        'where other replicas of this service reach this one, e.g. http://10.0.0.7:4002; empty takes the address it listens on',
      ),
    MONGODB_URI: z
      .string()
      .min(1)
      .describe('MongoDB replica set, e.g. mongodb://host:27017/?replicaSet=rs0'),
    MONGODB_DATABASE: z.string().min(1).max(60).describe("the service's own database"),
    EVENT_BUS: z.enum(['kafka', 'in-process']).default('kafka').describe('how events travel'),
    KAFKA_BROKERS: z.string().default('').describe('brokers as host:port, comma-separated'),
    KAFKA_TOPIC_PREFIX: z
      .string()
      .regex(/^[a-z0-9.-]*$/)
      .default('')
      .describe('put before every topic, so that environments can share a cluster'),
    KAFKA_REPLICATION_FACTOR: z.coerce
      .number()
      .int()
      .min(1)
      .default(1)
      .describe('of the topics that the platform creates; 3 in production'),
    AUTH_ISSUER: z.string().min(1).describe('issuer (iss) that tokens must name'),
    AUTH_AUDIENCE: z.string().default('shixun').describe('audience (aud) that tokens must name'),
    AUTH_JWKS_URL: z.url().describe("the issuer's published keys"),
    GATEWAY_CREDENTIAL: z
      .string()
      .default('')
      .describe('shared with the gateway alone; a request to a subgraph without it is refused'),
    PERSONAL_DATA_KEY: z
      .string()
      .default('')
      .describe(
        '32 bytes in base64: seals personal data, ballots, bids and dead letters; several by commas, the current one first, while a rotation is under way; needed in production',
      ),
    OBJECTS_FOLDER: z
      .string()
      .default('')
      .describe('folder for uploaded files, sealed; one that all replicas share, or use a bucket'),
    OBJECTS_S3_BUCKET: z
      .string()
      .default('')
      .describe('bucket for uploaded files, sealed; goes before OBJECTS_FOLDER'),
    OBJECTS_S3_REGION: z.string().default('us-east-1').describe('region of the bucket'),
    OBJECTS_S3_ENDPOINT: z
      .union([z.literal(''), z.url()])
      .default('')
      .describe('address of the S3-compatible store; empty for AWS itself'),
    OBJECTS_S3_ACCESS_KEY_ID: z
      .string()
      .default('')
      .describe('key of the bucket; empty takes what the environment of the pod offers'),
    OBJECTS_S3_SECRET_ACCESS_KEY: z.string().default('').describe('secret of that key'),
    UPLOAD_BYTES_MAX: z.coerce
      .number()
      .int()
      .min(1)
      .default(64 * 2 ** 20)
      .describe('largest file that can be uploaded, in bytes'),
    UPLOAD_UNPACKED_BYTES_MAX: z.coerce
      .number()
      .int()
      .min(1)
      .default(2 ** 30)
      .describe('largest content of a workbook when unpacked, in bytes'),
    UPLOAD_ROWS_MAX: z.coerce
      .number()
      .int()
      .min(1)
      .default(200_000)
      .describe('most rows of an imported file'),
    UPLOAD_KEPT_DAYS: z.coerce
      .number()
      .int()
      .min(1)
      .default(30)
      .describe('days after which an uploaded file and what is known of its rows are removed'),
    AUDIT_SIGNING_KEY: z
      .string()
      .default('')
      .describe(
        'Ed25519 private key, PKCS#8 in base64: signs the checkpoints of the audit; without it none are signed',
      ),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
      .default('info')
      .describe('least level that is logged'),
    OTEL_EXPORTER_OTLP_ENDPOINT: z
      .string()
      .default('')
      .describe('OTLP/HTTP collector of traces; empty turns tracing off'),
  })
  .superRefine((env, context) => {
    if (env.EVENT_BUS === 'kafka' && env.KAFKA_BROKERS === '') {
      context.addIssue({
        code: 'custom',
        path: ['KAFKA_BROKERS'],
        message: 'needed when EVENT_BUS is kafka',
      });
    }
    const keys = env.PERSONAL_DATA_KEY.split(',').map((key) => Buffer.from(key.trim(), 'base64'));
    const absent = env.PERSONAL_DATA_KEY === '' && env.NODE_ENV !== 'production';
    if (!absent && keys.some(({ length }) => length !== 32)) {
      context.addIssue({
        code: 'custom',
        path: ['PERSONAL_DATA_KEY'],
        message: '32 bytes in base64, or several such, by commas',
      });
    }
    if (env.NODE_ENV === 'production' && env.GATEWAY_CREDENTIAL.length < 16) {
      context.addIssue({
        code: 'custom',
        path: ['GATEWAY_CREDENTIAL'],
        message: 'at least 16 characters in production',
      });
    }
  });

/** What a file that people bring may be. */
export type UploadLimits = {
  readonly bytesMax: number;
  readonly unpackedBytesMax: number;
  readonly rowsMax: number;
  readonly keptDays: number;
};

export type ServiceConfig = {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  readonly advertisedUrl: string;
  readonly mongodbUri: string;
  readonly database: string;
  readonly eventBus: 'kafka' | 'in-process';
  readonly kafka: {
    readonly brokers: readonly string[];
    readonly topicPrefix: string;
    readonly replicationFactor: number;
  };
  readonly authentication: {
    readonly issuer: string;
    readonly audience: string;
    readonly jwksUrl: string;
  };
  readonly gatewayCredential: string;
  readonly personalDataKey: string;
  readonly auditSigningKey: string;
  readonly objects: ObjectsConfig;
  readonly uploads: UploadLimits;
  readonly logLevel: string;
  readonly otlpEndpoint: string;
};

/** Reads a service's configuration, or throws one `ConfigInvalid` that names every wrong variable. */
export function serviceConfig(
  env: Readonly<Record<string, string | undefined>>,
  defaults: { readonly database: string; readonly port: number },
): ServiceConfig {
  const given = { HTTP_PORT: String(defaults.port), MONGODB_DATABASE: defaults.database, ...env };
  const read = readEnvironment(serviceEnvironment, given);
  return {
    production: production(env),
    host: read.HTTP_HOST,
    port: read.HTTP_PORT,
    advertisedUrl: read.HTTP_ADVERTISED_URL,
    mongodbUri: read.MONGODB_URI,
    database: read.MONGODB_DATABASE,
    eventBus: read.EVENT_BUS,
    kafka: {
      brokers: read.KAFKA_BROKERS.split(',').filter((broker) => broker !== ''),
      topicPrefix: read.KAFKA_TOPIC_PREFIX,
      replicationFactor: read.KAFKA_REPLICATION_FACTOR,
    },
    authentication: {
      issuer: read.AUTH_ISSUER,
      audience: read.AUTH_AUDIENCE,
      jwksUrl: read.AUTH_JWKS_URL,
    },
    gatewayCredential: read.GATEWAY_CREDENTIAL,
    personalDataKey: read.PERSONAL_DATA_KEY,
    auditSigningKey: read.AUDIT_SIGNING_KEY,
    objects: {
      folder: read.OBJECTS_FOLDER,
      s3: {
        bucket: read.OBJECTS_S3_BUCKET,
        region: read.OBJECTS_S3_REGION,
        endpoint: read.OBJECTS_S3_ENDPOINT,
        accessKeyId: read.OBJECTS_S3_ACCESS_KEY_ID,
        secretAccessKey: read.OBJECTS_S3_SECRET_ACCESS_KEY,
      },
    },
    uploads: {
      bytesMax: read.UPLOAD_BYTES_MAX,
      unpackedBytesMax: read.UPLOAD_UNPACKED_BYTES_MAX,
      rowsMax: read.UPLOAD_ROWS_MAX,
      keptDays: read.UPLOAD_KEPT_DAYS,
    },
    logLevel: read.LOG_LEVEL,
    otlpEndpoint: read.OTEL_EXPORTER_OTLP_ENDPOINT,
  };
}

/** The master keys one after the other, the current one first. [GOV-03] */
export function masterKeys(personalDataKey: string): Buffer {
  return Buffer.concat(personalDataKey.split(',').map((key) => Buffer.from(key.trim(), 'base64')));
}

/** Checks an environment against its schema and lists every problem at once. */
export function readEnvironment<T>(
  schema: z.ZodType<T>,
  env: Readonly<Record<string, string | undefined>>,
): T {
  const read = schema.safeParse(env);
  if (read.success) return read.data;
  const problems = read.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigInvalid(`The environment is not complete:\n${problems.join('\n')}`);
}
