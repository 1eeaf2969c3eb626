import { join } from 'node:path';
import { readEnvironment } from '@shixun/runtime';
import { z } from 'zod';

/** What the gateway reads from its environment. */
export const gatewayEnvironment = z
  .object({
    NODE_ENV: z
      .enum(['development', 'test', 'production'])
      .default('development')
      .describe('production closes introspection and explorer and takes published documents only'),
    HTTP_HOST: z.string().default('127.0.0.1').describe('address to listen on'),
    HTTP_PORT: z.coerce
      .number()
      .int()
      .min(0)
      .max(65535)
      .default(4000)
      .describe('port to listen on'),
    SUPERGRAPH_PATH: z
      .string()
      .default('')
      .describe(
        'file of the composed supergraph, followed while it runs; empty: the committed one',
      ),
    PERSISTED_DOCUMENTS: z
      .string()
      .default('')
      .describe('file of the published documents {hash: document}; required in production'),
    SUBGRAPH_REGISTRY_URL: z.url().describe('where the registry answers GraphQL'),
    SUBGRAPH_COURSES_URL: z.url().describe('where courses answers GraphQL'),
    SUBGRAPH_CREDITS_URL: z.url().describe('where credits answers GraphQL'),
    SUBGRAPH_EVALUATION_URL: z.url().describe('where evaluation answers GraphQL'),
    AUTH_ISSUER: z.string().min(1).describe('issuer (iss) that tokens must name'),
    AUTH_AUDIENCE: z.string().default('shixun').describe('audience (aud) that tokens must name'),
    AUTH_JWKS_URL: z.url().describe("the issuer's published keys"),
    GATEWAY_CREDENTIAL: z
      .string()
      .default('')
      .describe('shared with the subgraphs alone; they refuse a request without it'),
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
    if (env.NODE_ENV !== 'production') return;
    if (env.PERSISTED_DOCUMENTS === '') {
      context.addIssue({
        code: 'custom',
        path: ['PERSISTED_DOCUMENTS'],
        message: 'needed in production, which takes published documents only',
      });
    }
    if (env.GATEWAY_CREDENTIAL.length < 16) {
      context.addIssue({
        code: 'custom',
        path: ['GATEWAY_CREDENTIAL'],
        message: 'at least 16 characters in production',
      });
    }
  });

/** The supergraph that was composed from this tree's schemas. */
const committedSupergraph = join(import.meta.dirname, '..', 'supergraph.graphql');

export type GatewayConfig = {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  readonly supergraphPath: string;
  readonly persistedDocumentsPath: string;
  readonly subgraphUrls: Readonly<Record<string, string>>;
  readonly authentication: {
    readonly issuer: string;
    readonly audience: string;
    readonly jwksUrl: string;
  };
  readonly credential: string | undefined;
  readonly logLevel: string;
  readonly otlpEndpoint: string;
};

/** Reads the gateway's configuration, or throws one `ConfigInvalid` that names every wrong variable. */
export function gatewayConfig(env: Readonly<Record<string, string | undefined>>): GatewayConfig {
  const read = readEnvironment(gatewayEnvironment, env);
  return {
    production: read.NODE_ENV === 'production',
    host: read.HTTP_HOST,
    port: read.HTTP_PORT,
    supergraphPath: read.SUPERGRAPH_PATH || committedSupergraph,
    persistedDocumentsPath: read.PERSISTED_DOCUMENTS,
    subgraphUrls: {
      registry: read.SUBGRAPH_REGISTRY_URL,
      courses: read.SUBGRAPH_COURSES_URL,
      credits: read.SUBGRAPH_CREDITS_URL,
      evaluation: read.SUBGRAPH_EVALUATION_URL,
    },
    authentication: {
      issuer: read.AUTH_ISSUER,
      audience: read.AUTH_AUDIENCE,
      jwksUrl: read.AUTH_JWKS_URL,
    },
    credential: read.GATEWAY_CREDENTIAL || undefined,
    logLevel: read.LOG_LEVEL,
    otlpEndpoint: read.OTEL_EXPORTER_OTLP_ENDPOINT,
  };
}
