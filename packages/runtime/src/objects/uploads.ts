/** A file that somebody brings for a row that awaits it: the first whole one is taken, whatever breaks meanwhile. */
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { type Fault, fault, type Instant, type RefusalCode } from '@shixun/kernel';
import type { Collection, RowBase } from '../database.ts';
import type { FilesRoom } from '../service.ts';
import { runUnit } from '../unit/run.ts';
import type { Unit } from '../unit/unit.ts';
import { type Counted, ObjectTooLarge, putCounted } from './counted.ts';
import type { ObjectStore } from './port.ts';

/** The file is not one that may be kept. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(({ code }) => code.name).join(', '));
    this.faults = faults;
  }
}

/** The row has its file already, or takes none any more. */
export class FileThere extends Error {
  override readonly name = 'FileThere';
}

/** A row that awaits a file, in the state `awaiting_file`. */
export type AwaitingRow = RowBase & {
  readonly state: string;
  readonly file: BroughtFile | null;
  /** Keys of objects that may be there and are nobody's file. A key or none in rows of a version with place for one. */
  readonly spare?: readonly string[] | string | null;
};

type BroughtFile = Pick<Counted, 'bytes' | 'contentHash'> & { readonly key: string };

export type StoringRoom = FilesRoom & { readonly objects: ObjectStore };

type Put = (
  how: Omit<Parameters<typeof putCounted>[3], 'bytesMax'>,
) => Promise<Counted & { readonly key: string }>;

/** What a service awaits files for, and what it makes of them. */
export type Uploads<Row extends AwaitingRow> = {
  /** `uploads` for `PUT /uploads/:id/file` and the objects below `uploads/`. */
  readonly rows: Collection<Row>;
  /** As the audit calls it, with the row's new state. */
  readonly name: string;
  readonly states: { readonly taken: Row['state']; readonly refused: Row['state'] };
  readonly tooLarge: RefusalCode;
  readonly ownerOf: (row: Row) => string;
  /** Puts the file into the store and looks at it. @throws FileRefused */
  readonly keep: (room: StoringRoom, row: Row, put: Put) => Promise<FileOf<Row>>;
  /** What else the row says of a file that is taken; its key is another's where that content was there before. */
  readonly taken: (
    room: StoringRoom,
    file: FileOf<Row>,
    unit: Unit,
  ) => Promise<Partial<Row> & { readonly file: FileOf<Row> }>;
  /** What else it says of one that is refused. */
  readonly refused: (faults: readonly Fault[], now: Instant) => Partial<Row>;
};

type FileOf<Row extends AwaitingRow> = NonNullable<Row['file']>;

export const spareOf = ({ spare }: Pick<AwaitingRow, 'spare'>): readonly string[] =>
  [spare ?? []].flat();

export function tooLarge(code: RefusalCode, bytesMax: number): FileRefused {
  return new FileRefused([fault(code, ['file'], { required: bytesMax })]);
}

/**
 * Each attempt has an object of its own, written down before it comes: so two at once don't mix, and nothing lies about
 * that nobody knows.
 * @throws FileRefused, FileThere
 */
export async function takeFile<Row extends AwaitingRow>(
  room: StoringRoom,
  uploads: Uploads<Row>,
  { id, content }: { readonly id: string; readonly content: Readable },
): Promise<void> {
  const key = `${uploads.rows.name}/${id}/${randomUUID()}`;
  const own = { id, key };
  const { bytesMax } = room.uploads;
  const put: Put = async (how) => {
    const counted = await putCounted(room.objects, key, content, { bytesMax, ...how }).catch(
      (error: unknown) => {
        throw error instanceof ObjectTooLarge ? tooLarge(uploads.tooLarge, bytesMax) : error;
      },
    );
    return { key, ...counted };
  };
  const row = await begin(room, uploads, own);
  try {
    const file = await uploads.keep(room, row, put);
    await end(room, uploads, id, async (unit) => ({
      ...(await uploads.taken(room, file, unit)),
      state: uploads.states.taken,
    }));
    await putAway(room, uploads, own);
  } catch (error) {
    // Whatever else happened: the key is in the row, and who puts away what is left finds it there.
    if (error instanceof FileRefused || error instanceof FileThere)
      await putAway(room, uploads, own);
    if (error instanceof FileRefused)
      await end(room, uploads, id, async ({ now }) => ({
        ...uploads.refused(error.faults, now),
        state: uploads.states.refused,
      }));
    throw error;
  }
}

async function begin<Row extends AwaitingRow>(
  { db, run }: StoringRoom,
  { rows }: Uploads<Row>,
  { id, key }: { readonly id: string; readonly key: string },
): Promise<Row> {
  const write = async (unit: Unit) => {
    const row = await awaiting(unit, rows, id);
    unit.update(rows, asRead(row), { $set: { spare: [...spareOf(row), key] } });
    return row;
  };
  return runUnit(db, write, run);
}

async function end<Row extends AwaitingRow>(
  { db, run }: StoringRoom,
  { rows, name, ownerOf }: Uploads<Row>,
  id: string,
  changeOf: (unit: Unit) => Promise<Partial<Row> & Pick<Row, 'state'>>,
): Promise<void> {
  const write = async (unit: Unit) => {
    const row = await awaiting(unit, rows, id);
    const change = await changeOf(unit);
    const spare = spareOf(row).filter((key) => key !== change.file?.key);
    unit.update(rows, asRead(row), { $set: { ...change, spare } });
    const { contentHash = null, bytes = null } = change.file ?? {};
    unit.audit({
      stream: id,
      actor: ownerOf(row),
      command: `${name}:${change.state}`,
      facts: { contentHash, bytes },
      policyVersion: null,
    });
  };
  await runUnit(db, write, run);
}

async function awaiting<Row extends AwaitingRow>(
  unit: Unit,
  rows: Collection<Row>,
  id: string,
): Promise<Row> {
  const row = await unit.findById(rows, id);
  if (row?.state !== 'awaiting_file') throw new FileThere(id);
  return row;
}

const asRead = ({ _id, state, spare = null }: AwaitingRow) => ({ _id, state, spare });

/** Of an attempt whose object became nobody's file. What fails here is left in the row. */
async function putAway<Row extends AwaitingRow>(
  { db, objects, log }: StoringRoom,
  { rows }: Uploads<Row>,
  { id, key }: { readonly id: string; readonly key: string },
): Promise<void> {
  const table = db.connection.collection<AwaitingRow>(rows.name);
  try {
    const row = await table.findOne({ _id: id });
    if (row?.file?.key === key) return;
    await objects.remove(key);
    await table.updateOne({ _id: id }, { $pull: { spare: key } as never });
  } catch (error) {
    log.warn({ err: error }, 'the object of an upload that was not taken is put away later');
  }
}

/** Each is tried, so that one that fails holds up none. @throws AggregateError when any failed */
export async function eachTried<Item>(
  items: readonly Item[],
  action: (item: Item) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const item of items) await action(item).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} failed`);
}
