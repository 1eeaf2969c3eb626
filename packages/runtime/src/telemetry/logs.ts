import { type Logger, pino } from 'pino';
import { blot } from './blot.ts';

/**
 * The log of one service: JSON lines with ids, codes and durations; never a body, a variable or a header, so that no
 * personal data can get in; what an error of a library quotes all the same is blotted out of the line. [GOV-03]
 */
export function createLogger(service: string, level: string): Logger {
  return pino({
    name: service,
    level,
    redact: { paths: ['req.headers', 'headers', 'authorization', '*.authorization'], remove: true },
    hooks: { streamWrite: blot },
    serializers: {
      err: pino.stdSerializers.err,
      req: (request: { method?: string; url?: string; id?: string }) => ({
        id: request.id,
        method: request.method,
        path: request.url?.split('?')[0],
      }),
      res: (response: { statusCode?: number }) => ({ statusCode: response.statusCode }),
    },
  });
}
