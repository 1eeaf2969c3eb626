/** Puts away files that never came whole and those of which nothing was made; what is used stays. [CRS-56, GOV-03] */
import {
  type Chore,
  type ChoreRoom,
  eachTried,
  runUnit,
  spareOf,
  type Unit,
} from '@shixun/runtime';
import { storedFiles, type UploadRow, uploads } from './store.ts';

const atOnce = 50;
const batchesMax = 200;

export const removeAbandonedUploadsChore: Chore = {
  name: 'remove-abandoned-uploads',
  daily: '03:40',
  run: async (room, turn) => {
    const { db, run } = room;
    const going = () => turn?.signal.aborted !== true;
    for (let batch = 0; batch < batchesMax && going(); batch += 1) {
      const gone = await runUnit(
        db,
        async (unit) => {
          await turn?.fence(unit);
          return giveUpSome(unit);
        },
        run,
      );
      if (gone === 0) break;
    }
    for (let batch = 0; batch < batchesMax && going(); batch += 1) {
      if ((await putAwaySome(room)) === 0) break;
    }
  },
};

/** Those whose time is over are given up; their objects become spare once no other upload has the same content. */
async function giveUpSome(unit: Unit): Promise<number> {
  const rows = await unit.find(
    uploads,
    { removeAt: { $type: 'date', $lte: unit.now } },
    { sort: { removeAt: 1, _id: 1 }, limit: atOnce },
  );
  // Two uploads of one content are taken one after the other, so that each sees how many uses are left.
  const hashes = new Set<string>();
  const each = rows.filter(({ file }) => {
    const first = file === null || !hashes.has(file.contentHash);
    if (file !== null) hashes.add(file.contentHash);
    return first;
  });
  for (const row of each) await giveUp(row, unit);
  return rows.length;
}

async function giveUp(row: UploadRow, unit: Unit): Promise<void> {
  const { _id, state, file } = row;
  const stored = file && (await unit.findById(storedFiles, file.contentHash));
  const last = stored?.uses === 1;
  if (last) unit.remove(storedFiles, { _id: stored._id });
  else if (stored) {
    unit.update(storedFiles, { _id: stored._id, uses: stored.uses }, { $inc: { uses: -1 } });
  }
  const spare = [...spareOf(row), ...(last ? [stored.key] : [])];
  const change = { state: 'removed', file: null, removeAt: null, spare };
  unit.update(uploads, { _id, state, removeAt: { $type: 'date' } }, { $set: change });
  const by = { stream: _id, actor: 'upload-removal', command: 'upload:removed' };
  unit.audit({ ...by, facts: {}, policyVersion: null });
}

/** The row is marked after its object is gone, so a kill in between repeats it. One that is still coming is left alone. */
async function putAwaySome({ db, objects }: ChoreRoom): Promise<number> {
  if (!objects) return 0;
  const table = db.connection.collection<UploadRow>(uploads.name);
  const rows = await table
    .find({ spare: { $type: 'string' }, state: { $ne: 'awaiting_file' } })
    .limit(atOnce)
    .toArray();
  await eachTried(rows, async (row) => {
    for (const key of spareOf(row)) await objects.remove(key);
    await table.updateOne({ _id: row._id, spare: row.spare ?? null }, { $set: { spare: [] } });
  });
  return rows.length;
}
