/** Takes the file of an import: counted, hashed, sealed into the store as it comes, looked at, and given to the dry run. */
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { addDays, civilDateOf, explain, fault, startOfDay } from '@shixun/kernel';
import { type FilesRoom, ObjectTooLarge, putCounted, runUnit, type Unit } from '@shixun/runtime';
import type { ImportKind } from '../columns.ts';
import { formatOf, headerOf, openFile, type StoredFile } from '../reading/open-file.ts';
import { FileRefused } from '../reading/refused.ts';
import { EncodingSeen } from '../reading/text-file.ts';
import { codes } from '../refusals.ts';
import { type ImportFile, type ImportRow, imports } from '../store.ts';

export type StoringRoom = FilesRoom & { readonly objects: NonNullable<FilesRoom['objects']> };

/** The import has its file already, or takes none any more. */
export class FileThere extends Error {
  override readonly name = 'FileThere';
}

/** Each attempt has an object of its own: of two at once the first to be whole is the file, and neither harms it. */
export async function takeFile(room: StoringRoom, row: ImportRow, content: Readable) {
  const now = room.run.clock?.() ?? new Date();
  const key = `imports/${row._id}/${randomUUID()}`;
  await record(room, row, (unit) => {
    unit.update(imports, { _id: row._id }, { $push: { begun: key } });
  });
  try {
    const file = await keep(room, { key, kind: row.kind }, content);
    await record(room, row, (unit) =>
      settle(unit, row, {
        state: 'validating',
        file,
        refusals: [],
        removeAt: startOfDay(addDays(civilDateOf(now), room.uploads.keptDays)),
      }),
    );
  } catch (error) {
    await room.objects.remove(key);
    if (error instanceof FileRefused) {
      const refusals = error.faults.map((each) => explain(each));
      const change = { state: 'file_refused' as const, refusals, finishedAt: now };
      await record(room, row, (unit) => settle(unit, row, change));
    }
    throw error;
  }
}

async function keep(
  room: StoringRoom,
  { key, kind }: { readonly key: string; readonly kind: ImportKind },
  content: Readable,
): Promise<ImportFile> {
  const { objects, uploads } = room;
  const encoding = new EncodingSeen();
  const counted = await putCounted(objects, key, content, {
    bytesMax: uploads.bytesMax,
    startBytes: 512,
    onChunk: (chunk) => encoding.see(chunk),
  }).catch((error: unknown) => {
    throw error instanceof ObjectTooLarge ? tooLarge(uploads.bytesMax) : error;
  });
  const { bytes, contentHash, start } = counted;
  const stored: StoredFile = { key, bytes, format: formatOf(start), encoding: encoding.end() };
  return { ...stored, contentHash, ...(await lookAt(room, stored, kind)) };
}

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

export function tooLarge(required: number): FileRefused {
  return new FileRefused([fault(codes.IMPORT_FILE_TOO_LARGE, ['file'], { required })]);
}

/** @throws FileThere when the import awaits no file. */
async function record(room: StoringRoom, { _id }: ImportRow, write: (unit: Unit) => void) {
  await runUnit(
    room.db,
    async (unit) => {
      const row = await unit.findById(imports, _id);
      if (row?.state !== 'awaiting_file') throw new FileThere(_id);
      write(unit);
    },
    { ...room.run, deadlineMs: 5_000 },
  );
}

function settle(unit: Unit, { _id, createdBy }: ImportRow, change: Partial<ImportRow>): void {
  unit.update(imports, { _id, state: 'awaiting_file' }, { $set: change });
  unit.audit({
    stream: _id,
    actor: createdBy,
    command: `import:${change.state}`,
    facts: { contentHash: change.file?.contentHash ?? null, bytes: change.file?.bytes ?? null },
    policyVersion: null,
  });
}
