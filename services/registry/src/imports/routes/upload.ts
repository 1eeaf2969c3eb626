/** What is taken as the file of an import: it is looked at as it comes, and given to the dry run. */
import { addDays, civilDateOf, explain, startOfDay } from '@shixun/kernel';
import type { StoringRoom, Uploads } from '@shixun/runtime';
import type { ImportKind } from '../columns.ts';
import { formatOf, headerOf, openFile, type StoredFile } from '../reading/open-file.ts';
import { EncodingSeen } from '../reading/text-file.ts';
import { codes } from '../refusals.ts';
import { type ImportRow, imports } from '../store.ts';

export const importedFiles: Uploads<ImportRow> = {
  rows: imports,
  name: 'import',
  states: { taken: 'validating', refused: 'file_refused' },
  tooLarge: codes.IMPORT_FILE_TOO_LARGE,
  ownerOf: ({ createdBy }) => createdBy,
  keep: async (room, { kind }, put) => {
    const encoding = new EncodingSeen();
    const { start, contentHash, ...kept } = await put({
      startBytes: 512,
      onChunk: (chunk) => encoding.see(chunk),
    });
    const stored = { ...kept, format: formatOf(start), encoding: encoding.end() };
    return { ...stored, contentHash, ...(await lookAt(room, stored, kind)) };
  },
  taken: async ({ uploads: { keptDays } }, file, unit) => ({
    file,
    refusals: [],
    removeAt: startOfDay(addDays(civilDateOf(unit.now), keptDays)),
  }),
  refused: (faults, now) => ({ refusals: faults.map((each) => explain(each)), finishedAt: now }),
};

/** What can't be taken is said at once: no workbook, a bomb, cut off, without the columns that must be there. */
async function lookAt({ objects, uploads }: StoringRoom, stored: StoredFile, kind: ImportKind) {
  const file = await openFile(objects, stored, uploads);
  try {
    const header = await headerOf(file, kind);
    return { headerRow: header.row, columns: header.columns };
  } finally {
    file.close();
  }
}
