import { timingSafeEqual } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import mercurius from 'mercurius';
import type { Logger } from 'pino';
import type { Authenticate } from '../authentication.ts';
import type { CommandRoom } from '../command/execute.ts';
import type { Health } from '../health.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { serverSpan } from '../telemetry/traces.ts';
import { GraphContext } from './context.ts';
import { clientError, severalIn, statusOf } from './errors.ts';

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
  /** Plain HTTP beside the graph; only the gateway reaches it. */
  readonly routes?: (scope: FastifyInstance) => void;
};

const bodyBytesMax = 1_000_000;

/** The HTTP side of a subgraph: GraphQL for the gateway, health and metrics for operators. Never listens by itself. */
export async function buildSubgraphApp(deps: SubgraphDeps): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true }),
    requestIdHeader: 'x-request-id',
    bodyLimit: bodyBytesMax,
    // Long enough for a file on a slow line; the gateway before it holds operations to seconds.
    requestTimeout: 600_000,
    // What arrives while the last answers are written is still answered: readiness has turned away new callers.
    return503OnClosing: false,
  }) as unknown as FastifyInstance;
  app.addHook('onRequest', async (request, reply) => {
    if (!isGuarded(request.url) || fromGateway(request, deps.gatewayCredential)) return;
    await reply.code(403).send({ errors: [{ message: 'Only the gateway may ask here.' }] });
  });
  // Before the routes are registered: they take the handler that stands then.
  app.setErrorHandler((error, request, reply) => {
    deps.metrics.countRequest('errors');
    const errors = severalIn(error).map((each) => clientError(each, deps, request.id));
    void reply.code(statusOf(error)).send({ data: null, errors });
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ errors: [{ message: 'There is nothing at this address.' }] }),
  );
  traceRequests(app);
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
    // Errors before the execution (token, document) go to our own handler below.
    errorHandler: false,
    errorFormatter: (execution, context) => {
      const { requestId } = context as unknown as GraphContext;
      deps.metrics.countRequest('errors');
      const errors = (execution.errors ?? []).map((error) => clientError(error, deps, requestId));
      return {
        statusCode: 200,
        response: { data: execution.data ?? null, errors: errors as never },
      };
    },
  });
  addOperatorRoutes(app, deps);
  await app.register(async (scope) => deps.routes?.(scope as FastifyInstance));
  return app;
}

/** Operators' routes are open inside the cluster; all others are the gateway's alone. */
function isGuarded(url: string): boolean {
  return !/^\/(health\/(live|ready)|metrics)$/.test(url);
}

/** A request goes on in the trace that the gateway names, so that the events it causes name it too. */
function traceRequests(app: FastifyInstance): void {
  const spans = new WeakMap<FastifyRequest, ReturnType<typeof serverSpan>>();
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.url !== '/graphql') return done();
    const span = serverSpan('graphql', request.headers['traceparent'] as string | undefined);
    spans.set(request, span);
    return span.within(done);
  });
  app.addHook('onResponse', async (request, reply) => {
    spans.get(request)?.end(reply.statusCode >= 500);
  });
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
