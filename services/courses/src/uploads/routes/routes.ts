/** Files in and out, beside the graph: only the gateway reaches these, and only a signed link opens them. */
import type { Readable } from 'node:stream';
import { explain } from '@shixun/kernel';
import type { FilesRoom, ServiceDefinition } from '@shixun/runtime';
import { uploadLinks } from '../signing-links.ts';
import { type UploadRow, uploads } from '../store.ts';
import { FileRefused, FileThere, takeFile, tooLarge } from './take-file.ts';

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

type App = Parameters<NonNullable<ServiceDefinition['routes']>>[0];
type Request = {
  readonly params: unknown;
  readonly query: unknown;
};

export function uploadRoutes(app: App, room: FilesRoom): void {
  const links = uploadLinks(room.personalDataKey);
  const now = () => room.run.clock?.() ?? new Date();
  const asked = (what: 'file' | 'content', { params, query }: Request) => {
    const { id } = params as { readonly id: string };
    const link = query as { readonly until?: string; readonly signature?: string };
    return links.holds(what, id, { ...link, now: now() }) ? id : null;
  };
  const refusal = (code: keyof typeof texts) => ({ error: { code, message: texts[code] } });
  let uploading = 0;
  // The body is the file itself and is read as it comes.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  app.put('/uploads/:id/file', async (request, reply) => {
    const id = asked('file', request);
    if (id === null) return reply.code(403).send(refusal('LINK_INVALID'));
    const { objects } = room;
    if (objects === null) return reply.code(503).send(refusal('NO_STORE'));
    if (uploading >= uploadsAtOnce) return reply.code(503).send(refusal('BUSY'));
    uploading += 1;
    try {
      const length = Number(request.headers['content-length'] ?? 0);
      if (length > room.uploads.bytesMax) throw tooLarge(room.uploads.bytesMax);
      await takeFile({ ...room, objects }, id, request.body as Readable);
      return await reply.code(201).send({ uploadId: id, state: 'THERE' });
    } catch (error) {
      if (error instanceof FileThere) return await reply.code(409).send(refusal('FILE_THERE'));
      if (!(error instanceof FileRefused)) throw error;
      const refusals = error.faults.map((each) => explain(each));
      return await reply.code(422).send({ uploadId: id, state: 'REFUSED', refusals });
    } finally {
      uploading -= 1;
    }
  });
  app.get('/uploads/:id/content', async (request, reply) => {
    const id = asked('content', request);
    if (id === null) return reply.code(403).send(refusal('LINK_INVALID'));
    const row = await room.db.model(uploads).findById(id).lean<UploadRow>();
    if (room.objects === null || !row?.file) {
      return reply.code(404).send(refusal('NOTHING_THERE'));
    }
    const content = await room.objects.get(row.file.key);
    return reply
      .type(row.file.contentType)
      .header('content-disposition', `attachment; filename="${id}"`)
      .header('cache-control', 'no-store')
      .header('x-content-type-options', 'nosniff')
      .send(content);
  });
}
