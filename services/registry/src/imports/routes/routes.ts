/** Files in and out, beside the graph: only the gateway reaches these, and only a signed link opens them. */
import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { type FilesRoom, type Linked, noFile, sendFile, uploadRoute } from '@shixun/runtime';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type ImportKind, importKinds } from '../columns.ts';
import { linksWith } from '../signing-links.ts';
import { type ImportRow, imports } from '../store.ts';
import { writeAnnotated } from './annotated.ts';
import { writeTemplate } from './template.ts';
import { importedFiles } from './upload.ts';

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export function importRoutes(app: FastifyInstance, room: FilesRoom): void {
  const links = linksWith(room.personalDataKey);
  const holds = (what: 'upload' | 'result', { params, query }: Linked) =>
    links.holds(what, params.id, { ...query, now: room.run.clock?.() ?? new Date() });
  uploadRoute(app, room, {
    holds: (request) => holds('upload', request),
    uploads: importedFiles,
    status: 202,
  });
  app.get('/imports/:id/result', async (request: Linked, reply) => {
    if (!holds('result', request)) return noFile(reply, 403, 'LINK_INVALID');
    const { objects } = room;
    const row = await room.db.model(imports).findById(request.params.id).lean<ImportRow>();
    if (objects === null || row === null || row.file === null || row.state === 'removed') {
      return noFile(reply, 404, 'NOTHING_THERE');
    }
    const format = request.query.format === 'csv' ? 'csv' : 'xlsx';
    const out = new PassThrough();
    const written = writeAnnotated({ ...room, objects }, row, { format, out });
    written.catch((error: unknown) => out.destroy(error as Error));
    return sendTable(reply, out, { format, name: `result-${row._id}` });
  });
  app.get('/imports/templates/:file', async (request, reply) => {
    const { file } = request.params as { readonly file: string };
    const kind = importKinds.find((each) => file === `${each}.xlsx`);
    if (kind === undefined) return noFile(reply, 404, 'NOTHING_THERE');
    return sendTable(reply, await templateOf(kind), { format: 'xlsx', name: kind });
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

function sendTable(
  reply: FastifyReply,
  content: Readable | Buffer,
  { format, name }: { readonly format: 'xlsx' | 'csv'; readonly name: string },
) {
  const type = format === 'xlsx' ? workbookType : 'text/csv; charset=utf-8';
  return sendFile(reply, content, { type, name: `${name}.${format}` });
}
