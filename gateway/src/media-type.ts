/**
 * Only `application/json` bodies: a browser sends that to another origin after asking first, and this gateway grants
 * nobody that; every type a form or a careless script can send is refused before its body is read.
 */
import type { FastifyInstance } from 'fastify';
import { RequestRefused } from './errors.ts';

const json = /^application\/json(?: ?; ?charset="?utf-8"?)?$/i;

export function acceptOnlyJson(scope: FastifyInstance): void {
  const parseJson = scope.getDefaultJsonParser('error', 'error');
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('application/json', { parseAs: 'string' }, parseJson);
  scope.addHook('onRequest', async (request) => {
    if (!json.test(request.headers['content-type'] ?? '')) {
      throw new RequestRefused('UNSUPPORTED_MEDIA_TYPE');
    }
  });
}
