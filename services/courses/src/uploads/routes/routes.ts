/** Files in and out, beside the graph: only the gateway reaches these, and only a signed link opens them. */
import {
  type FilesRoom,
  type Linked,
  noFile,
  type ServiceDefinition,
  sendFile,
  uploadRoute,
} from '@shixun/runtime';
import { uploadLinks } from '../signing-links.ts';
import { type UploadRow, uploads } from '../store.ts';
import { uploadedFiles } from './take-file.ts';

type App = Parameters<NonNullable<ServiceDefinition['routes']>>[0];

export function uploadRoutes(app: App, room: FilesRoom): void {
  const links = uploadLinks(room.personalDataKey);
  const holds = (what: 'file' | 'content', { params, query }: Linked) =>
    links.holds(what, params.id, { ...query, now: room.run.clock?.() ?? new Date() });
  uploadRoute(app, room, {
    holds: (request) => holds('file', request),
    uploads: uploadedFiles,
    status: 201,
  });
  app.get('/uploads/:id/content', async (request: Linked, reply) => {
    if (!holds('content', request)) return noFile(reply, 403, 'LINK_INVALID');
    const { id } = request.params;
    const row = await room.db.model(uploads).findById(id).lean<UploadRow>();
    if (room.objects === null || !row?.file) return noFile(reply, 404, 'NOTHING_THERE');
    const content = await room.objects.get(row.file.key);
    return sendFile(reply, content, { type: row.file.contentType, name: id });
  });
}
