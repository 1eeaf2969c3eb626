/** The supergraph: loaded from its file, replaced as a whole when the file changes, never half. */
import { createHash } from 'node:crypto';
import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { ApolloGateway } from '@apollo/gateway';
import type { FastifyBaseLogger } from 'fastify';
import type { ExecutionResult, GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { Documents, type PreparedOperation } from './documents.ts';
import type { OperationContext, SubgraphClient } from './subgraph-client.ts';

// @apollo/gateway sends measurements to its maker unless this is set when it is constructed; it has no option for it.
process.env.APOLLO_TELEMETRY_DISABLED = 'true';

const plansMax = 2000;
/** An editor or a mounted volume changes a file in several steps. */
const settleMs = 100;

/** One version of the graph. A request keeps the version it began with, so a replacement never mixes two schemas. */
export type Graph = {
  /** First twelve digits of the SHA-256 of the supergraph. */
  readonly version: string;
  readonly schema: GraphQLSchema;
  readonly documents: Documents;
  readonly execute: (
    prepared: PreparedOperation,
    variables: Readonly<Record<string, unknown>>,
    context: OperationContext,
  ) => Promise<ExecutionResult>;
  readonly stop: () => Promise<void>;
};

export type GraphOptions = {
  readonly introspection: boolean;
  /** The client of a subgraph; `url` is the one in the supergraph. */
  readonly clientOf: (subgraph: { readonly name: string; readonly url?: string }) => SubgraphClient;
  readonly onPlan?: (cache: 'hit' | 'miss') => void;
  readonly log: FastifyBaseLogger;
};

/** Builds a graph from a supergraph's SDL. Throws when it isn't one. */
export async function loadGraph(supergraphSdl: string, options: GraphOptions): Promise<Graph> {
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name, url }) => options.clientOf(url === undefined ? { name } : { name, url }),
    queryPlannerConfig: { cache: planCache(options.onPlan) },
    __exposeQueryPlanExperimental: false,
    // Error texts can name what a client typed; traces carry codes only.
    telemetry: { includeDocument: false, recordExceptions: false },
    logger: quiet(options.log),
  });
  const { schema, executor } = await gateway.load();
  return {
    version: createHash('sha256').update(supergraphSdl).digest('hex').slice(0, 12),
    schema,
    documents: new Documents(schema, options),
    execute: (prepared, variables, context) =>
      executor(executorRequest(schema, prepared, variables, context, options.log)),
    stop: () => gateway.stop(),
  };
}

type ExecutorRequest = Parameters<Awaited<ReturnType<ApolloGateway['load']>>['executor']>[0];

/** What the executor reads of a request; the rest of its type belongs to Apollo Server. */
function executorRequest(
  schema: GraphQLSchema,
  { known, operation }: PreparedOperation,
  variables: Readonly<Record<string, unknown>>,
  context: OperationContext,
  log: FastifyBaseLogger,
): ExecutorRequest {
  const operationName = operation.name?.value;
  return {
    request: {
      query: known.source,
      variables,
      ...(operationName === undefined ? {} : { operationName }),
    },
    document: known.document,
    queryHash: known.hash,
    source: known.source,
    operationName: operationName ?? null,
    operation,
    schema,
    context,
    metrics: {},
    logger: quiet(log),
  } as unknown as ExecutorRequest;
}

/** The planner's cache: by count, and telling what it is asked. */
function planCache(onPlan: GraphOptions['onPlan']) {
  // biome-ignore lint/complexity/noBannedTypes: a plan is opaque here
  const plans = new LRUCache<string, {}>({ max: plansMax });
  return {
    get: async (key: string) => {
      const plan = plans.get(key);
      onPlan?.(plan === undefined ? 'miss' : 'hit');
      return plan as never;
    },
    set: async (key: string, plan: object) => {
      plans.set(key, plan);
    },
    delete: async (key: string) => plans.delete(key),
    clear: () => plans.clear(),
  };
}

/** @apollo/gateway's own words are of interest to nobody but its debugger. */
function quiet(log: FastifyBaseLogger) {
  return {
    debug: (message: unknown) => log.trace(String(message)),
    info: (message: unknown) => log.debug(String(message)),
    warn: (message: unknown) => log.warn(String(message)),
    error: (message: unknown) => log.error(String(message)),
  };
}

export type Supergraph = {
  readonly current: () => Graph;
  /** Reads the file again and replaces the graph when it changed; keeps the old one when the new one is broken. */
  readonly reload: () => Promise<'replaced' | 'unchanged' | 'refused'>;
  readonly close: () => Promise<void>;
};

/** Loads the supergraph from its file and, when asked to, follows the file's changes. */
export async function openSupergraph(
  path: string,
  options: GraphOptions & { readonly follow: boolean },
): Promise<Supergraph> {
  let sdl = await readFile(path, 'utf8');
  let graph = await loadGraph(sdl, options);
  let reloading: Promise<'replaced' | 'unchanged' | 'refused'> | undefined;

  async function replace(): Promise<'replaced' | 'unchanged' | 'refused'> {
    try {
      const changed = await readFile(path, 'utf8');
      if (changed === sdl) return 'unchanged';
      const next = await loadGraph(changed, options);
      const previous = graph;
      sdl = changed;
      graph = next;
      options.log.info({ from: previous.version, to: next.version }, 'the supergraph was replaced');
      await previous.stop();
      return 'replaced';
    } catch (error) {
      options.log.error({ err: error, kept: graph.version }, 'the changed supergraph was refused');
      return 'refused';
    }
  }
  const reload = () => {
    reloading ??= replace().finally(() => {
      reloading = undefined;
    });
    return reloading;
  };
  const stopFollowing = options.follow ? follow(path, reload) : () => {};
  return {
    current: () => graph,
    reload,
    close: async () => {
      stopFollowing();
      await reloading;
      await graph.stop();
    },
  };
}

/** Watches the folder, not the file: whoever replaces a file by renaming another leaves a watched file behind. */
function follow(path: string, changed: () => Promise<unknown>): () => void {
  let settling: NodeJS.Timeout | undefined;
  const watcher = watch(dirname(path), { persistent: false }, (_event, name) => {
    // Kubernetes swaps a mounted volume's `..data` link, so that the file's own name never comes up.
    if (name !== null && name !== basename(path) && !name.startsWith('..')) return;
    clearTimeout(settling);
    settling = setTimeout(() => void changed(), settleMs);
  });
  return () => {
    clearTimeout(settling);
    watcher.close();
  };
}
