/** The caller's token is looked at before the operation is: a bad one ends the request, none means the public. */
import { type Authenticate, Unauthenticated } from '@shixun/runtime';
import type { FastifyInstance } from 'fastify';
import { RequestRefused } from './errors.ts';

/** Adds the check to the routes of this scope. Who the caller is decides nothing here: each subgraph verifies for itself. */
export function requireVerifiedToken(scope: FastifyInstance, authenticate: Authenticate): void {
  scope.addHook('preHandler', async (request) => {
    try {
      await authenticate(request.headers.authorization);
    } catch (error) {
      if (error instanceof Unauthenticated) {
        request.log.info({ reason: error.message }, 'token refused');
        throw new RequestRefused('UNAUTHENTICATED');
      }
      request.log.error({ err: error }, 'tokens cannot be verified');
      throw new RequestRefused('AUTHENTICATION_UNAVAILABLE');
    }
  });
}
