/** The rows of a file in batches, each with what the dry run found out about it. [REG-06] */
import { fault } from '@shixun/kernel';
import { type Database, FileRefused } from '@shixun/runtime';
import type { FileRow } from '../cell.ts';
import { columnsOf } from '../columns.ts';
import { isBlank, type ReadRow, readRow } from '../read-row.ts';
import type { OpenFile } from '../reading/open-file.ts';
import { codes } from '../refusals.ts';
import {
  batchId,
  type ImportFile,
  type ImportPass,
  type ImportRow,
  importBatches,
  importFaults,
} from '../store.ts';

const batchRows = 1_000;

export type Batch = {
  readonly pass: ImportPass;
  readonly lastRow: number;
  /** Rows that say anything, those that need no look included. */
  readonly size: number;
  /** To be decided. */
  readonly rows: readonly ReadRow[];
  /** Rows that the dry run found faulty, as far as they are left out now. */
  readonly faulty: number;
  /** Rows that said what is on record when they were compared with it: there is nothing to apply. */
  readonly unchanged: readonly number[];
};

type About = {
  readonly row: ImportRow;
  readonly file: ImportFile;
  readonly pass: ImportPass;
  readonly rowsMax: number;
};

/** The batches after the checkpoint. Throws `FileRefused` when there are more rows than are taken. */
export async function* batchesOf(
  db: Database,
  open: OpenFile,
  about: About,
): AsyncGenerator<Batch> {
  const { row, file, pass } = about;
  const reading = { columns: columnsOf[row.kind], found: file.columns, is1904: open.is1904 };
  let number = row.batches;
  for await (const rows of chunksOf(open.rows(), about)) {
    const lastRow = rows.at(-1)?.number ?? row.doneRow;
    const part = { importId: row._id, first: rows[0]?.number ?? 0, lastRow, number };
    const { faulty, unchanged } = pass === 'validation' ? nothing : await foundOut(db, part);
    const fresh = rows.filter((each) => !faulty.has(each.number) && !unchanged.has(each.number));
    yield {
      pass,
      lastRow,
      size: rows.length,
      rows: fresh.map((each) => readRow(each, reading)),
      faulty: faulty.size,
      unchanged: [...unchanged],
    };
    number += 1;
  }
}

/** Rows that say anything and are not done yet, so many at a time. */
async function* chunksOf(
  rows: AsyncIterable<FileRow>,
  { row, file, rowsMax }: About,
): AsyncGenerator<readonly FileRow[]> {
  let read = 0;
  let chunk: FileRow[] = [];
  for await (const each of rows) {
    if (each.number <= file.headerRow || isBlank(each, file.columns)) continue;
    read += 1;
    if (read > rowsMax) {
      throw new FileRefused([fault(codes.IMPORT_ROWS_TOO_MANY, ['file'], { required: rowsMax })]);
    }
    if (each.number <= row.doneRow) continue;
    chunk.push(each);
    if (chunk.length < batchRows) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

type FoundOut = { readonly faulty: ReadonlySet<number>; readonly unchanged: ReadonlySet<number> };

const nothing: FoundOut = { faulty: new Set(), unchanged: new Set() };

/**
 * What the dry run wrote of the batch; it is over, so nobody changes that. A fault may also be of the application
 * itself: a kill may have come after it was written and before the undoing.
 */
async function foundOut(
  db: Database,
  part: {
    readonly importId: string;
    readonly first: number;
    readonly lastRow: number;
    readonly number: number;
  },
): Promise<FoundOut> {
  const { importId, first, lastRow, number } = part;
  const row = { $gte: first, $lte: lastRow };
  const faults = await db.model(importFaults).find({ importId, row }, { row: 1 }).lean();
  const batch = await db
    .model(importBatches)
    .findById(batchId(importId, 'validation', number))
    .lean();
  // Of another size when it was made by an earlier release: then every row is looked at again.
  const same = batch?.lastRow === lastRow ? batch.rows : [];
  const unchanged = same.filter(({ verdict }) => verdict === 'unchanged');
  return {
    faulty: new Set(faults.map((each) => each.row)),
    unchanged: new Set(unchanged.map((each) => each.row)),
  };
}
