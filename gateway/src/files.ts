/** Files pass through, as they come, to the service that keeps them: this gateway opens no file and holds none. */
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Pool } from 'undici';
import { RequestRefused } from './errors.ts';

export type FileOptions = {
  /** Where the service answers that keeps them. */
  readonly url: string;
  readonly routes: readonly (readonly [method: 'GET' | 'PUT', path: string])[];
  /** Shared secret by which it knows that a request comes from the gateway. */
  readonly credential?: string | undefined;
};

const transfersAtOnce = 16;
/** How long either side may be silent. */
const silenceMs = 60_000;
const handedOn = ['content-type', 'content-length'] as const;
const handedBack = ['content-type', 'content-disposition', 'cache-control'] as const;

/** Files of imports. [REG-06] */
export const registryFiles = [
  ['PUT', '/imports/:id/file'],
  ['GET', '/imports/:id/result'],
  ['GET', '/imports/templates/:file'],
] as const;

/** Results of practice and scanned sheets. [CRS-50, CRS-56] */
export const coursesFiles = [
  ['PUT', '/uploads/:id/file'],
  ['GET', '/uploads/:id/content'],
] as const;

/**
 * The routes of files. Who asks is known by the signed link alone, which the service makes and checks: so the path goes
 * on as it came.
 */
export function addFileRoutes(
  app: FastifyInstance,
  { url, routes, credential }: FileOptions,
): void {
  const pool = new Pool(new URL(url).origin, {
    connections: transfersAtOnce,
    connect: { timeout: 1000 },
    headersTimeout: silenceMs,
    bodyTimeout: silenceMs,
  });
  app.addHook('onClose', () => pool.close());
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    let transfers = 0;
    scope.addHook('onRequest', async (_request, reply) => {
      if (transfers >= transfersAtOnce) throw new RequestRefused('OVERLOADED');
      transfers += 1;
      reply.raw.once('close', () => {
        transfers -= 1;
      });
    });
    const pass = async (request: FastifyRequest, method: 'GET' | 'PUT') => {
      const headers: Record<string, string> = { 'x-request-id': request.id };
      if (credential !== undefined) headers['x-gateway-credential'] = credential;
      for (const name of handedOn) {
        const value = request.headers[name];
        if (method === 'PUT' && typeof value === 'string') headers[name] = value;
      }
      const body = method === 'PUT' ? (request.body as Readable) : null;
      return pool.request({ path: request.url, method, headers, body }).catch((error: unknown) => {
        request.log.error({ err: error }, 'the service takes no files');
        throw new RequestRefused('SUBGRAPH_UNAVAILABLE');
      });
    };
    for (const [method, path] of routes) {
      scope.route({
        method,
        url: path,
        handler: async (request, reply) => {
          const answer = await pass(request, method);
          for (const name of handedBack) {
            const value = answer.headers[name];
            if (typeof value === 'string') reply.header(name, value);
          }
          return reply.code(answer.statusCode).send(answer.body);
        },
      });
    }
  });
}
