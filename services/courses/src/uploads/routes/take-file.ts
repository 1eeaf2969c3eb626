/** Takes the file of an upload: counted, hashed and sealed into the store as it comes; what it is, its content says. */
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { addDays, civilDateOf, type Fault, fault, startOfDay } from '@shixun/kernel';
import {
  type FilesRoom,
  type ObjectStore,
  ObjectTooLarge,
  putCounted,
  runUnit,
  type Unit,
} from '@shixun/runtime';
import { fileTypeFromBuffer } from 'file-type';
import { codes } from '../refusals.ts';
import { storedFiles, type UploadedFile, type UploadRow, uploads } from '../store.ts';
import { takeKind } from '../upload.ts';

/** How an upload ends. */
type Settled = Pick<UploadRow, 'state' | 'file' | 'removeAt' | 'spare'>;

type StoringRoom = FilesRoom & { readonly objects: ObjectStore };

/** As much of a file as its kind is told by, an office document's first parts included. */
const startBytes = 256 * 1024;

/** The file is not one that may be kept. */
export class FileRefused extends Error {
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super('the file is refused');
    this.faults = faults;
  }
}

/** The upload has its file already, or another attempt at it began later. */
export class FileThere extends Error {}

export function tooLarge(required: number): FileRefused {
  return new FileRefused([fault(codes.UPLOAD_TOO_LARGE, ['file'], { required })]);
}

/**
 * Each attempt has an object of its own, written down before it comes: so two at once don't mix, and nothing lies about
 * that nobody knows. Of several attempts the last one counts.
 * @throws FileRefused, FileThere
 */
export async function takeFile(room: StoringRoom, id: string, content: Readable): Promise<void> {
  const key = `uploads/${id}/${randomUUID()}`;
  const { row, before } = await claim(room, id, key);
  if (before !== null) await room.objects.remove(before);
  try {
    const file = await keep(room, row, { key, content });
    const { spare } = await note(room, id, key, (unit) => recordThere(room, unit, file));
    if (spare !== null) await putAway(room, id, key);
  } catch (error) {
    // Of a file that broke off nothing is there; whatever else happened, the chore finds the key in the row.
    const settled = error instanceof FileRefused || error instanceof FileThere;
    if (settled) await room.objects.remove(key);
    if (error instanceof FileRefused) await note(room, id, key, async () => refused);
    throw error;
  }
}

const refused = { state: 'refused', file: null, removeAt: null, spare: null } as const;

async function claim(room: StoringRoom, id: string, key: string) {
  return runUnit(
    room.db,
    async (unit) => {
      const row = await awaiting(unit, id);
      unit.update(uploads, { _id: id, spare: row.spare ?? null }, { $set: { spare: key } });
      return { row, before: row.spare };
    },
    room.run,
  );
}

async function awaiting(unit: Unit, id: string): Promise<UploadRow> {
  const row = await unit.findById(uploads, id);
  if (row?.state !== 'awaiting_file') throw new FileThere();
  return row;
}

async function keep(
  { objects, uploads: limits }: StoringRoom,
  { purpose }: UploadRow,
  { key, content }: { readonly key: string; readonly content: Readable },
): Promise<UploadedFile> {
  const { bytesMax } = limits;
  const counted = await putCounted(objects, key, content, { bytesMax, startBytes }).catch(
    (error: unknown) => {
      throw error instanceof ObjectTooLarge ? tooLarge(bytesMax) : error;
    },
  );
  const { bytes, contentHash, start } = counted;
  const sniffed = await fileTypeFromBuffer(start);
  const kind = takeKind(purpose, sniffed?.mime ?? null);
  if (!kind.accepted) throw new FileRefused(kind.faults);
  return { key, bytes, contentHash, contentType: kind.outcome.contentType };
}

/** The same content is one object, whoever brings it: the one that was there first. */
async function recordThere(
  { uploads: { keptDays } }: StoringRoom,
  unit: Unit,
  file: UploadedFile,
): Promise<Settled> {
  const { contentHash, key } = file;
  const stored = await unit.findById(storedFiles, contentHash);
  if (stored === null) unit.insert(storedFiles, { _id: contentHash, key, uses: 1 });
  else unit.update(storedFiles, { _id: contentHash, uses: stored.uses }, { $inc: { uses: 1 } });
  return {
    state: 'there',
    file: { ...file, key: stored?.key ?? key },
    spare: stored === null ? null : key,
    removeAt: startOfDay(addDays(civilDateOf(unit.now), keptDays)),
  };
}

async function note(
  room: StoringRoom,
  id: string,
  key: string,
  changeOf: (unit: Unit) => Promise<Settled>,
): Promise<Settled> {
  return runUnit(
    room.db,
    async (unit) => {
      const { spare, ownerId } = await awaiting(unit, id);
      if (spare !== key) throw new FileThere();
      const change = await changeOf(unit);
      unit.update(uploads, { _id: id, state: 'awaiting_file', spare: key }, { $set: change });
      const { contentHash = null, bytes = null } = change.file ?? {};
      unit.audit({
        stream: id,
        actor: ownerId,
        command: `upload:${change.state}`,
        facts: { contentHash, bytes },
        policyVersion: null,
      });
      return change;
    },
    room.run,
  );
}

async function putAway({ db, objects }: StoringRoom, id: string, key: string): Promise<void> {
  await objects.remove(key);
  await db.model(uploads).updateOne({ _id: id, spare: key }, { $set: { spare: null } });
}
