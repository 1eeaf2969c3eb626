/** One operation from its request to its answer. */
import { propagation, context as telemetryContext } from '@opentelemetry/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult, GraphQLSchema } from 'graphql';
import { codeOf, type ErrorCode, type Showing, shown, shownErrors } from './errors.ts';
import { type DocumentsAccepted, readRequest } from './request.ts';
import type { OperationContext } from './subgraph-client.ts';
import type { Graph } from './supergraph.ts';

export type OperationOptions = DocumentsAccepted & {
  readonly production: boolean;
  readonly deadlineMs: number;
  readonly graph: () => Graph;
  /** Operation names that may stand in metrics and logs: a client can put anything into a name. */
  readonly knownNames: ReadonlySet<string>;
  readonly onOperation: (name: string, outcome: string, seconds: number) => void;
};

type Answered = { readonly status: number; readonly body: string };

/** Answers the operation in the request's body. Throws `RequestRefused` for what is not executed at all. */
export async function answerOperation(
  request: FastifyRequest,
  reply: FastifyReply,
  options: OperationOptions,
): Promise<Answered> {
  const startedAt = performance.now();
  const asked = readRequest(request.body, options);
  const graph = options.graph();
  const prepared = graph.documents.prepare(asked.source, asked.operationName, asked.variables);
  const { context, done } = openContext(request, reply, options.deadlineMs);
  try {
    const cause = propagation.extract(telemetryContext.active(), request.headers);
    const result = await telemetryContext.with(cause, () =>
      graph.execute(prepared, asked.variables, context),
    );
    const showing = { requestId: request.id, production: options.production };
    const { status, outcome, body } = answerOf(result, showing, graph.schema);
    const name = prepared.operation.name?.value;
    const published = name !== undefined && options.knownNames.has(name) ? name : 'other';
    const milliseconds = performance.now() - startedAt;
    options.onOperation(published, outcome, milliseconds / 1000);
    request.log.info(
      { operation: published, document: prepared.known.hash, outcome, milliseconds },
      'operation answered',
    );
    return { status, body };
  } finally {
    done();
  }
}

/** The context of one execution, ended by the operation's deadline or by a client that has gone. */
function openContext(request: FastifyRequest, reply: FastifyReply, deadlineMs: number) {
  const ended = new AbortController();
  const end = () => ended.abort();
  const timer = setTimeout(end, deadlineMs);
  reply.raw.once('close', end);
  const context: OperationContext = { headers: forwarded(request), signal: ended.signal };
  return {
    context,
    done: () => {
      clearTimeout(timer);
      reply.raw.off('close', end);
    },
  };
}

/** What subgraphs are told of the request: the token they verify themselves, and ids to find it by. Nothing else. */
function forwarded(request: FastifyRequest): Record<string, string> {
  const { authorization, traceparent } = request.headers;
  return {
    'x-request-id': request.id,
    ...(authorization === undefined ? {} : { authorization }),
    ...(typeof traceparent === 'string' ? { traceparent } : {}),
  };
}

/** Data, errors of the closed list, and nothing else that the executor may have to tell. */
function answerOf(
  result: ExecutionResult,
  showing: Showing,
  schema: GraphQLSchema,
): { status: number; outcome: ErrorCode | 'ok'; body: string } {
  const errors = shownErrors(result.errors ?? [], showing, schema);
  // Values that a subgraph promised and didn't give: the executor reports them apart, clients read `errors`.
  if (errors.length === 0 && result.extensions?.valueCompletion !== undefined) {
    errors.push(shown('INCOMPLETE_ANSWER', showing));
  }
  const first = result.errors?.[0];
  const outcome = first === undefined ? (errors[0]?.extensions.code ?? 'ok') : codeOf(first);
  const wasExecuted = result.data !== undefined;
  return {
    status: wasExecuted ? 200 : 400,
    outcome,
    body: JSON.stringify({
      ...(wasExecuted ? { data: result.data } : {}),
      ...(errors.length === 0 ? {} : { errors }),
    }),
  };
}
