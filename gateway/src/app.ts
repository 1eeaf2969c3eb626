import { randomUUID } from 'node:crypto';
import type { Authenticate } from '@shixun/runtime';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { type DocumentNode, Kind, parse } from 'graphql';
import type { Registry } from 'prom-client';
import { requireVerifiedToken } from './auth.ts';
import { answerErrors } from './error-routes.ts';
import { type ExplorerOperation, explorerPage, explorerSecurityPolicy } from './explorer.ts';
import { addFileRoutes, coursesFiles, registryFiles } from './files.ts';
import { addHealthRoutes, readiness } from './health.ts';
import { acceptOnlyJson } from './media-type.ts';
import { gatewayMetrics } from './metrics.ts';
import { answerOperation, type OperationOptions } from './operations.ts';
import { type OverloadLimits, overloadLimits, shedOverload } from './overload.ts';
import type { PersistedDocuments } from './persisted-documents.ts';
import { SubgraphClient } from './subgraph-client.ts';
import { openSupergraph } from './supergraph.ts';

export type { ExplorerOperation } from './explorer.ts';
export { persistedDocuments, readPersistedDocuments } from './persisted-documents.ts';

export type GatewayDeps = {
  /** Closes introspection, explorer and error details, and takes published documents only. */
  readonly production: boolean;
  /** File of the composed supergraph; followed while the gateway runs. */
  readonly supergraphPath: string;
  /** Where each subgraph answers, by name; one that is absent here is asked at the address in the supergraph. */
  readonly subgraphUrls: Readonly<Record<string, string>>;
  readonly authenticate: Authenticate;
  readonly persistedDocuments?: PersistedDocuments;
  /** Shared with the subgraphs, which refuse whoever comes without it. */
  readonly credential?: string | undefined;
  readonly explorer?: { readonly operations: readonly ExplorerOperation[] } | undefined;
  readonly log?: FastifyBaseLogger | undefined;
  readonly registry?: Registry | undefined;
  readonly overload?: Partial<OverloadLimits> | undefined;
  /** Milliseconds for one call to a subgraph, and for a whole operation. */
  readonly deadlines?: { readonly callMs: number; readonly operationMs: number } | undefined;
};

const bodyBytesMax = 100 * 1024;
const operationSentMs = 15_000;
const standardDeadlines = { callMs: 5000, operationMs: 10_000 };

/** The gateway as a Fastify instance. Never listens: `main.ts` does, tests inject. */
export async function buildGateway(deps: GatewayDeps): Promise<FastifyInstance> {
  const app = newServer(deps);
  const metrics = gatewayMetrics(deps.registry);
  const deadlines = deps.deadlines ?? standardDeadlines;
  const clients = new Map<string, SubgraphClient>();
  const supergraph = await openSupergraph(deps.supergraphPath, {
    introspection: !deps.production,
    follow: true,
    log: app.log,
    onPlan: metrics.plan,
    clientOf: ({ name, url }) => {
      const address = deps.subgraphUrls[name] ?? url;
      if (address === undefined) throw new Error(`no address is known for the subgraph ${name}`);
      const key = `${name} ${address}`;
      const known = clients.get(key);
      if (known !== undefined) return known;
      const options = { credential: deps.credential, deadlineMs: deadlines.callMs };
      const client = new SubgraphClient(name, address, { ...options, onCall: metrics.call });
      clients.set(key, client);
      return client;
    },
  });
  app.addHook('onClose', async () => {
    await supergraph.close();
    await Promise.all([...clients.values()].map((client) => client.close()));
  });

  answerErrors(app, deps.production, metrics.operation);
  addHealthRoutes(
    app,
    readiness(() => [...clients.values()]),
  );
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
  const { registry, courses } = deps.subgraphUrls;
  const { credential } = deps;
  if (registry !== undefined)
    addFileRoutes(app, { url: registry, routes: registryFiles, credential });
  if (courses !== undefined) addFileRoutes(app, { url: courses, routes: coursesFiles, credential });
  if (!deps.production && deps.explorer !== undefined) addExplorer(app, deps.explorer.operations);

  const persisted = deps.persistedDocuments ?? new Map<string, string>();
  await addGraphRoute(app, deps, {
    production: deps.production,
    persistedOnly: deps.production,
    persisted,
    deadlineMs: deadlines.operationMs,
    graph: supergraph.current,
    knownNames: operationNames(persisted),
    onOperation: metrics.operation,
  });
  return app;
}

function newServer(deps: GatewayDeps): FastifyInstance {
  return Fastify({
    ...(deps.log === undefined ? { logger: false } : { loggerInstance: deps.log }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyBytesMax,
    // Long enough for a file on a slow line; what asks the graph has seconds, see `hurry`.
    requestTimeout: 600_000,
    // While it closes, what still comes over open connections is answered, and told to come elsewhere next time.
    return503OnClosing: false,
    // Ids from outside only in a harmless form: they stand in logs and go to the subgraphs.
    genReqId: (request) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && /^[\w-]{8,64}$/.test(given)
        ? given
        : `req_${randomUUID()}`;
    },
  }) as unknown as FastifyInstance;
}

async function addGraphRoute(
  app: FastifyInstance,
  deps: GatewayDeps,
  options: OperationOptions,
): Promise<void> {
  await app.register(async (scope) => {
    hurry(scope);
    acceptOnlyJson(scope);
    await shedOverload(scope, { ...overloadLimits, ...deps.overload });
    requireVerifiedToken(scope, deps.authenticate);
    scope.post('/graphql', async (request, reply) => {
      const { status, body } = await answerOperation(request, reply, options);
      return reply.status(status).type('application/json; charset=utf-8').send(body);
    });
  });
}

/** An operation is small: who takes longer to send it only holds a connection. */
function hurry(scope: FastifyInstance): void {
  scope.addHook('onRequest', async (request) => {
    const timer = setTimeout(() => request.raw.destroy(), operationSentMs);
    timer.unref();
    for (const event of ['end', 'close']) request.raw.once(event, () => clearTimeout(timer));
  });
}

function addExplorer(app: FastifyInstance, operations: readonly ExplorerOperation[]): void {
  let page: string | undefined;
  app.get('/', async (_request, reply) => {
    page ??= explorerPage(operations);
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', explorerSecurityPolicy)
      .header('cache-control', 'no-store')
      .send(page);
  });
}

/** The names of the published operations. */
function operationNames(persisted: PersistedDocuments): ReadonlySet<string> {
  const documents: DocumentNode[] = [...persisted.values()].map((document) => parse(document));
  return new Set(
    documents.flatMap(({ definitions }) =>
      definitions.flatMap((definition) =>
        definition.kind === Kind.OPERATION_DEFINITION ? (definition.name?.value ?? []) : [],
      ),
    ),
  );
}
