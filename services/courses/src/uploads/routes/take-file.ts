/** What is taken as the file of an upload: what it is, its content says; the same content is one object. */
import { addDays, civilDateOf, startOfDay } from '@shixun/kernel';
import { FileRefused, type Uploads } from '@shixun/runtime';
import { fileTypeFromBuffer } from 'file-type';
import { codes } from '../refusals.ts';
import { storedFiles, type UploadRow, uploads } from '../store.ts';
import { takeKind } from '../upload.ts';

/** As much of a file as its kind is told by, an office document's first parts included. */
const startBytes = 256 * 1024;

export const uploadedFiles: Uploads<UploadRow> = {
  rows: uploads,
  name: 'upload',
  states: { taken: 'there', refused: 'refused' },
  tooLarge: codes.UPLOAD_TOO_LARGE,
  ownerOf: ({ ownerId }) => ownerId,
  keep: async (_room, { purpose }, put) => {
    const { start, ...file } = await put({ startBytes });
    const sniffed = await fileTypeFromBuffer(start);
    const kind = takeKind(purpose, sniffed?.mime ?? null);
    if (!kind.accepted) throw new FileRefused(kind.faults);
    return { ...file, contentType: kind.outcome.contentType };
  },
  /** Whoever brings it: the object that was there first. */
  taken: async ({ uploads: { keptDays } }, file, unit) => {
    const { contentHash, key } = file;
    const stored = await unit.findById(storedFiles, contentHash);
    if (stored === null) unit.insert(storedFiles, { _id: contentHash, key, uses: 1 });
    else unit.update(storedFiles, { _id: contentHash, uses: stored.uses }, { $inc: { uses: 1 } });
    return {
      file: { ...file, key: stored?.key ?? key },
      removeAt: startOfDay(addDays(civilDateOf(unit.now), keptDays)),
    };
  },
  refused: () => ({ removeAt: null }),
};
