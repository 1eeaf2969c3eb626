/** Files in and out, beside the graph: only the gateway reaches these, and only a signed link opens them. */
import type { Readable } from 'node:stream';
import { explain } from '@shixun/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FilesRoom } from '../service.ts';
import {
  type AwaitingRow,
  FileRefused,
  FileThere,
  takeFile,
  tooLarge,
  type Uploads,
} from './uploads.ts';

const texts = {
  LINK_INVALID:
    '链接无效或已过期，请重新获取。The link does not hold or its time is over; ask for a new one.',
  FILE_THERE:
    '该上传已结束，不再接收文件。This upload has its file already, or takes none any more.',
  NO_STORE: '未配置文件存储，暂不能上传。No store for files is configured.',
  NOTHING_THERE: '没有这样的文件。There is no such file.',
  BUSY: '上传过多，请稍后重试。Too many uploads at once; try again in a moment.',
} as const;
const uploadsAtOnce = 8;

export type Linked = FastifyRequest<{
  Params: { readonly id: string };
  Querystring: { readonly until?: string; readonly signature?: string; readonly format?: string };
}>;

export function noFile(reply: FastifyReply, status: number, code: keyof typeof texts) {
  return reply.code(status).send({ error: { code, message: texts[code] } });
}

/** As a file to keep: no browser opens it, guesses what it is or stores it. */
export function sendFile(
  reply: FastifyReply,
  content: Readable | Buffer,
  { type, name }: { readonly type: string; readonly name: string },
) {
  return reply
    .type(type)
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .send(content);
}

/** `PUT /<rows>/:id/file`: the body is the file itself and is read as it comes. */
export function uploadRoute<Row extends AwaitingRow>(
  app: FastifyInstance,
  room: FilesRoom,
  {
    holds,
    uploads,
    status,
  }: {
    readonly holds: (request: Linked) => boolean;
    readonly uploads: Uploads<Row>;
    /** Of the answer to a file that was taken. */
    readonly status: 201 | 202;
  },
): void {
  const { states } = uploads;
  let uploading = 0;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  app.put(`/${uploads.rows.name}/:id/file`, async (request: Linked, reply) => {
    if (!holds(request)) return noFile(reply, 403, 'LINK_INVALID');
    const { objects } = room;
    if (objects === null) return noFile(reply, 503, 'NO_STORE');
    if (uploading >= uploadsAtOnce) return noFile(reply, 503, 'BUSY');
    const { id } = request.params;
    const answer = { [`${uploads.name}Id`]: id };
    uploading += 1;
    try {
      const { bytesMax } = room.uploads;
      const length = Number(request.headers['content-length'] ?? 0);
      if (length > bytesMax) throw tooLarge(uploads.tooLarge, bytesMax);
      const brought = { id, content: request.body as Readable };
      await takeFile({ ...room, objects }, uploads, brought);
      return await reply.code(status).send({ ...answer, state: states.taken.toUpperCase() });
    } catch (error) {
      if (error instanceof FileThere) return await noFile(reply, 409, 'FILE_THERE');
      if (!(error instanceof FileRefused)) throw error;
      const refusals = error.faults.map((each) => explain(each));
      const state = states.refused.toUpperCase();
      return await reply.code(422).send({ ...answer, state, refusals });
    } finally {
      uploading -= 1;
    }
  });
}
