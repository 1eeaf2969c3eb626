import { timingSafeEqual } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import mercurius from 'mercurius';
import type { Logger } from 'pino';
import { type Authenticate, Unauthenticated } from '../authentication.ts';
import type { CommandRoom } from '../command/execute.ts';
import type { Health } from '../health.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { GraphContext } from './context.ts';
import { clientError } from './errors.ts';

export type SubgraphDeps = {
  readonly service: string;
  readonly schema: GraphQLSchema;
  readonly room: CommandRoom;
  readonly authenticate: Authenticate;
  readonly clock: () => Date;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Shared with the gateway; empty lets everybody in, which production's configuration refuses. */
  readonly gatewayCredential: string;
};

const bodyBytesMax = 1_000_000;

/** The HTTP side of a subgraph: GraphQL for the gateway, health and metrics for operators. Never listens by itself. */
export async function buildSubgraphApp(deps: SubgraphDeps): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true }),
    requestIdHeader: 'x-request-id',
    bodyLimit: bodyBytesMax,
    requestTimeout: 15_000,
    // What arrives while the last answers are written is still answered: readiness has turned away new callers.
    return503OnClosing: false,
  }) as unknown as FastifyInstance;
  app.addHook('onRequest', async (request, reply) => {
    if (request.url !== '/graphql' || fromGateway(request, deps.gatewayCredential)) return;
    await reply.code(403).send({ errors: [{ message: 'Only the gateway may ask here.' }] });
  });
  await app.register(mercurius, {
    schema: deps.schema,
    path: '/graphql',
    graphiql: false,
    ide: false,
    allowBatchedQueries: false,
    subscription: false,
    csrfPrevention: true,
    context: async (request: FastifyRequest) =>
      new GraphContext(
        deps.room,
        await deps.authenticate(request.headers.authorization),
        deps.clock(),
        request.id,
      ) as never,
    errorFormatter: (execution, context) => {
      const { requestId } = context as unknown as GraphContext;
      const errors = (execution.errors ?? []).map((error) =>
        clientError(error, deps.log, requestId),
      );
      deps.metrics.countRequest('errors');
      return {
        statusCode: 200,
        response: { data: execution.data ?? null, errors: errors as never },
      };
    },
  });
  app.setErrorHandler((error, request, reply) => {
    const unauthenticated = error instanceof Unauthenticated;
    if (unauthenticated) deps.log.info({ reason: error.message }, 'token refused');
    void reply
      .code(unauthenticated ? 401 : ((error as { statusCode?: number }).statusCode ?? 500))
      .send({ data: null, errors: [clientError(error, deps.log, request.id)] });
  });
  addOperatorRoutes(app, deps);
  return app;
}

function addOperatorRoutes(app: FastifyInstance, { health, metrics }: SubgraphDeps): void {
  app.get('/health/live', async (_request, reply) => {
    const state = health.live();
    return reply.code(state.live ? 200 : 503).send(state);
  });
  app.get('/health/ready', async (_request, reply) => {
    const state = await health.ready();
    return reply.code(state.ready ? 200 : 503).send(state);
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
}

function fromGateway(request: FastifyRequest, credential: string): boolean {
  if (credential === '') return true;
  const given = Buffer.from(String(request.headers['x-gateway-credential'] ?? ''));
  const wanted = Buffer.from(credential);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
