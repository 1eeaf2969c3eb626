/**
 * One pass over a file: the dry run, or the application. Rows go in batches; each batch is one transaction with its
 * checkpoint, so a kill at any moment leaves whole batches and whoever comes next goes on after the last one. While a
 * batch is being written the next one is read.
 */
import { openFile } from '../reading/open-file.ts';
import type { ImportPass, ImportRow } from '../store.ts';
import { type PassRoom, writeBatch } from './batch.ts';
import { batchesOf } from './batches.ts';
import { readAhead } from './read-ahead.ts';

export type PassEnd = 'ended' | 'empty' | 'interrupted' | 'faulty';

/**
 * Goes on with the pass where it stands. `faulty`: the application of all-or-nothing met a row that can't be applied any
 * more, and did not write its batch. `empty`: there is no row that says anything. Throws `FileRefused` when the file can't be read on.
 */
export async function runPass(room: PassRoom, row: ImportRow, pass: ImportPass): Promise<PassEnd> {
  const { db, objects, uploads, lease, signal } = room;
  const { file } = row;
  if (objects === null || file === null) throw new Error('an import without its file');
  let { batches } = row;
  const open = await openFile(objects, file, uploads);
  try {
    const about = { row, file, pass, rowsMax: uploads.rowsMax };
    for await (const batch of readAhead(batchesOf(db, open, about))) {
      if (signal.aborted) return 'interrupted';
      await lease.renew();
      const whole = await writeBatch(room, row._id, batch);
      if (!whole) return 'faulty';
      batches += 1;
    }
    return batches === 0 ? 'empty' : 'ended';
  } finally {
    open.close();
  }
}
