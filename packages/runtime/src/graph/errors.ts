import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { IssuerAway, Unauthenticated } from '../authentication.ts';
import { UnitTimedOut } from '../unit/run.ts';
import { blotted } from './blotting.ts';

/** The closed list of codes in GraphQL `errors`: authentication, malformed input, faults. Refusals are data. */
const texts = {
  UNAUTHENTICATED:
    '请先登录，或登录已失效。Sign in first; the token is missing, expired or not valid.',
  FORBIDDEN: '您无权查看该内容。This is not yours to see.',
  BAD_USER_INPUT: '请求内容有误。The request is not valid.',
  GRAPHQL_VALIDATION_FAILED: '查询语句有误。The document is not valid.',
  UNAVAILABLE: '服务暂时不可用，请稍后重试。Temporarily unavailable; retry with the same key.',
  INTERNAL: '系统内部错误，已记录。An internal fault; it has been recorded.',
} as const;

export type ErrorCode = keyof typeof texts;

/** Errors of the database's connection or elections: the same request can succeed in a moment. */
function isUnavailable(error: unknown): boolean {
  if (error instanceof UnitTimedOut) return true;
  if (!(error instanceof Error)) return false;
  return /^Mongo(Network|ServerSelection|PoolCleared|NotPrimary|WaitQueue)|^MongooseServerSelection/.test(
    error.name,
  );
}

/** The library gathers what is wrong with a document in one error; the client gets them one by one. */
export function severalIn(error: unknown): readonly unknown[] {
  const { errors } = error as { errors?: unknown };
  return Array.isArray(errors) ? errors : [error];
}

/** The HTTP status of a request that was not executed. */
export function statusOf(error: unknown): number {
  const code = codeOf(error);
  if (code === 'UNAUTHENTICATED') return 401;
  if (code === 'UNAVAILABLE') return 503;
  return (error as { statusCode?: number }).statusCode ?? 500;
}

export function codeOf(error: unknown): ErrorCode {
  if (error instanceof Unauthenticated) return 'UNAUTHENTICATED';
  if (error instanceof IssuerAway) return 'UNAVAILABLE';
  if (isUnavailable(error)) return 'UNAVAILABLE';
  if (error instanceof GraphQLError) {
    const code = error.extensions['code'];
    if (typeof code === 'string' && code in texts) return code as ErrorCode;
    if (error.originalError) return codeOf(error.originalError);
    return 'GRAPHQL_VALIDATION_FAILED';
  }
  return 'INTERNAL';
}

/**
 * What a client gets: a text of the closed list, its code and an id to ask for; no driver's, library's or file's
 * words. Input errors keep their own sentence, without the values that it quotes. The whole error goes to the log.
 */
export function clientError(
  error: unknown,
  { log, schema }: { readonly log: Logger; readonly schema: GraphQLSchema },
  requestId: string,
): GraphQLFormattedError {
  const code = codeOf(error);
  if (code === 'INTERNAL' || code === 'UNAVAILABLE') log.error({ err: error, requestId }, code);
  const graphql = error instanceof GraphQLError ? error : undefined;
  const explained = code === 'BAD_USER_INPUT' || code === 'GRAPHQL_VALIDATION_FAILED';
  return {
    message:
      explained && graphql ? `${texts[code]} ${blotted(graphql.message, schema)}` : texts[code],
    ...(graphql?.path ? { path: graphql.path } : {}),
    extensions: { code, requestId },
  };
}
