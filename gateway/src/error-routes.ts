/** Every failed request leaves here, in words of the closed list. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorCode, isRetryable, RequestRefused, shown, statusOf } from './errors.ts';

const codesOfFastify: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
};

const retryAfterSeconds = 1;

export function answerErrors(
  app: FastifyInstance,
  production: boolean,
  onRefused: (name: string, outcome: string, seconds: number) => void,
): void {
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
    reply.header('x-content-type-options', 'nosniff');
  });
  app.setErrorHandler((error, request, reply) => {
    const refusal = asRefusal(error);
    onRefused('other', refusal.code, reply.elapsedTime / 1000);
    if (refusal.code === 'INTERNAL') request.log.error({ err: error }, 'request failed');
    else request.log.info({ outcome: refusal.code, ...refusal.figures }, 'request refused');
    return send(refusal, request, reply, production);
  });
  app.setNotFoundHandler((request, reply) => {
    const wrongMethod = request.url.split('?')[0] === '/graphql';
    if (wrongMethod) reply.header('allow', 'POST');
    const code = wrongMethod ? 'METHOD_NOT_ALLOWED' : 'NOT_FOUND';
    return send(new RequestRefused(code), request, reply, production);
  });
}

function asRefusal(error: unknown): RequestRefused {
  if (error instanceof RequestRefused) return error;
  if (!(error instanceof Error)) return new RequestRefused('INTERNAL');
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  const known = code === undefined ? undefined : codesOfFastify[code];
  if (known !== undefined) return new RequestRefused(known);
  const isClients = statusCode !== undefined && statusCode >= 400 && statusCode < 500;
  return new RequestRefused(isClients ? 'BAD_REQUEST' : 'INTERNAL');
}

function send(
  { code, figures, detail }: RequestRefused,
  request: FastifyRequest,
  reply: FastifyReply,
  production: boolean,
) {
  if (isRetryable(code)) reply.header('retry-after', retryAfterSeconds);
  if (code === 'UNAUTHENTICATED') reply.header('www-authenticate', 'Bearer');
  const error = shown(code, { requestId: request.id, production }, { figures, detail });
  return reply
    .status(statusOf(code))
    .type('application/json; charset=utf-8')
    .send(JSON.stringify({ errors: [error] }));
}
