/** Files in and out, beside the graph: only the gateway reaches these, and only a signed link opens them. */
import type { Readable } from 'node:stream';
import { explain, type Fault, fault } from '@shixun/kernel';
import {
  type FilesRoom,
  ObjectTooLarge,
  putCounted,
  runUnit,
  type ServiceDefinition,
} from '@shixun/runtime';
import { fileTypeFromBuffer } from 'file-type';
import { codes } from '../refusals.ts';
import { uploadLinks } from '../signing-links.ts';
import { type UploadRow, uploads } from '../store.ts';
import { takeKind } from '../upload.ts';

const texts = {
  LINK_INVALID:
    '链接无效或已过期，请重新获取。The link does not hold or its time is over; ask for a new one.',
  FILE_THERE: '该文件已上传。The file is there already.',
  NO_STORE: '未配置文件存储，暂不能上传。No store for files is configured.',
  NOTHING_THERE: '没有这样的文件。There is no such file.',
  BUSY: '上传过多，请稍后重试。Too many uploads at once; try again in a moment.',
} as const;

/** As much of a file as its kind is told by, an office document's first parts included. */
const startBytes = 256 * 1024;
const uploadsAtOnce = 8;

type App = Parameters<NonNullable<ServiceDefinition['routes']>>[0];
type Request = {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
};

class FileRefused extends Error {
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super('the file is refused');
    this.faults = faults;
  }
}

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
    if (room.objects === null) return reply.code(503).send(refusal('NO_STORE'));
    const row = await room.db.model(uploads).findById(id).lean<UploadRow>();
    if (row?.state !== 'awaiting_file') return reply.code(409).send(refusal('FILE_THERE'));
    if (uploading >= uploadsAtOnce) return reply.code(503).send(refusal('BUSY'));
    uploading += 1;
    try {
      await takeFile(room, row, request.body as Readable);
      return await reply.code(201).send({ uploadId: id, state: 'THERE' });
    } catch (error) {
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

/** Counted, hashed and sealed into the store as it comes; what it is, its content says. */
async function takeFile(room: FilesRoom, row: UploadRow, content: Readable): Promise<void> {
  const { objects } = room;
  if (objects === null) return;
  const key = `uploads/${row._id}/file`;
  const { bytesMax } = room.uploads;
  try {
    const { bytes, contentHash, start } = await putCounted(objects, key, content, {
      bytesMax,
      startBytes,
    });
    const sniffed = await fileTypeFromBuffer(start);
    const kind = takeKind(row.purpose, sniffed?.mime ?? null);
    if (!kind.accepted) throw new FileRefused(kind.faults);
    const { contentType } = kind.outcome;
    await record(room, row, { state: 'there', file: { key, bytes, contentHash, contentType } });
  } catch (error) {
    await objects.remove(key);
    const large = error instanceof ObjectTooLarge;
    const refused = large
      ? new FileRefused([fault(codes.UPLOAD_TOO_LARGE, ['file'], { required: bytesMax })])
      : error;
    if (refused instanceof FileRefused) await record(room, row, { state: 'refused', file: null });
    throw refused;
  }
}

async function record(room: FilesRoom, row: UploadRow, change: Partial<UploadRow>) {
  await runUnit(
    room.db,
    async (unit) => {
      unit.update(uploads, { _id: row._id, state: 'awaiting_file' }, { $set: change });
      unit.audit({
        stream: row._id,
        actor: row.ownerId,
        command: `upload:${change.state}`,
        facts: { contentHash: change.file?.contentHash ?? null, bytes: change.file?.bytes ?? null },
        policyVersion: null,
      });
    },
    room.run,
  );
}
