/** Files in and out, beside the graph: only the gateway reaches these, and only a signed link opens them. */
import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { explain } from '@shixun/kernel';
import type { FilesRoom } from '@shixun/runtime';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ImportKind, importKinds } from '../columns.ts';
import { FileRefused } from '../reading/refused.ts';
import { linksWith } from '../signing-links.ts';
import { type ImportRow, imports } from '../store.ts';
import { writeAnnotated } from './annotated.ts';
import { writeTemplate } from './template.ts';
import { FileThere, type StoringRoom, takeFile, tooLarge } from './upload.ts';

const texts = {
  LINK_INVALID:
    '链接无效或已过期，请重新获取。The link does not hold or its time is over; ask for a new one.',
  FILE_THERE: '该导入的文件已上传。The file of this import is there already.',
  NO_STORE: '未配置文件存储，暂不能上传。No store for files is configured.',
  NOTHING_THERE: '没有这样的文件。There is no such file.',
  BUSY: '上传过多，请稍后重试。Too many uploads at once; try again in a moment.',
} as const;

const uploadsAtOnce = 8;
const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

type Linked = FastifyRequest<{
  Params: { readonly id: string };
  Querystring: { readonly until?: string; readonly signature?: string; readonly format?: string };
}>;

export function importRoutes(app: FastifyInstance, room: FilesRoom): void {
  const links = linksWith(room.personalDataKey);
  const holds = (what: 'upload' | 'result', { params, query }: Linked) =>
    links.holds(what, params.id, { ...query, now: room.run.clock?.() ?? new Date() });
  let uploading = 0;
  // The body is the file itself and is read as it comes.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  app.put('/imports/:id/file', async (request: Linked, reply) => {
    if (!holds('upload', request)) return refuse(reply, 403, 'LINK_INVALID');
    const storing = storingRoom(room);
    if (storing === null) return refuse(reply, 503, 'NO_STORE');
    const row = await room.db.model(imports).findById(request.params.id).lean<ImportRow>();
    if (row?.state !== 'awaiting_file') return refuse(reply, 409, 'FILE_THERE');
    if (uploading >= uploadsAtOnce) return refuse(reply, 503, 'BUSY');
    uploading += 1;
    try {
      const length = Number(request.headers['content-length'] ?? 0);
      if (length > room.uploads.bytesMax) throw tooLarge(room.uploads.bytesMax);
      await takeFile(storing, row, request.body as Readable);
      return await reply.code(202).send({ importId: row._id, state: 'VALIDATING' });
    } catch (error) {
      if (error instanceof FileThere) return refuse(reply, 409, 'FILE_THERE');
      if (!(error instanceof FileRefused)) throw error;
      const refusals = error.faults.map((each) => explain(each));
      return await reply.code(422).send({ importId: row._id, state: 'FILE_REFUSED', refusals });
    } finally {
      uploading -= 1;
    }
  });
  app.get('/imports/:id/result', async (request: Linked, reply) => {
    if (!holds('result', request)) return refuse(reply, 403, 'LINK_INVALID');
    const storing = storingRoom(room);
    const row = await room.db.model(imports).findById(request.params.id).lean<ImportRow>();
    if (storing === null || row === null || row.file === null || row.state === 'removed') {
      return refuse(reply, 404, 'NOTHING_THERE');
    }
    const format = request.query.format === 'csv' ? 'csv' : 'xlsx';
    const out = new PassThrough();
    const written = writeAnnotated(storing, row, { format, out });
    written.catch((error: unknown) => out.destroy(error as Error));
    return sendFile(reply, out, { format, name: `result-${row._id}` });
  });
  app.get('/imports/templates/:file', async (request, reply) => {
    const { file } = request.params as { readonly file: string };
    const kind = importKinds.find((each) => file === `${each}.xlsx`);
    if (kind === undefined) return refuse(reply, 404, 'NOTHING_THERE');
    return sendFile(reply, await templateOf(kind), { format: 'xlsx', name: kind });
  });
}

const templates = new Map<ImportKind, Promise<Buffer>>();

function templateOf(kind: ImportKind): Promise<Buffer> {
  const known = templates.get(kind) ?? written(kind);
  templates.set(kind, known);
  return known;
}

async function written(kind: ImportKind): Promise<Buffer> {
  const out = new PassThrough();
  const chunks: Buffer[] = [];
  out.on('data', (chunk: Buffer) => chunks.push(chunk));
  await Promise.all([writeTemplate(kind, out), once(out, 'end')]);
  return Buffer.concat(chunks);
}

function storingRoom(room: FilesRoom): StoringRoom | null {
  return room.objects === null ? null : { ...room, objects: room.objects };
}

function refuse(reply: FastifyReply, status: number, code: keyof typeof texts) {
  return reply.code(status).send({ error: { code, message: texts[code] } });
}

function sendFile(
  reply: FastifyReply,
  content: Readable | Buffer,
  { format, name }: { readonly format: 'xlsx' | 'csv'; readonly name: string },
) {
  return reply
    .type(format === 'xlsx' ? workbookType : 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.${format}"`)
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .send(content);
}
