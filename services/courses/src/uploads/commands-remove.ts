/** Puts away files that never came whole and those of which nothing was made; what is used stays. [CRS-56, GOV-03] */
import { type Chore, type ChoreRoom, runUnit, type Unit } from '@shixun/runtime';
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
    // One whose spare object is not put away yet comes the next time: there is place for one.
    { removeAt: { $type: 'date', $lte: unit.now }, $or: [{ file: null }, { spare: null }] },
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

async function giveUp({ _id, state, file, spare }: UploadRow, unit: Unit): Promise<void> {
  const stored = file && (await unit.findById(storedFiles, file.contentHash));
  const last = stored?.uses === 1;
  if (last) unit.remove(storedFiles, { _id: stored._id });
  else if (stored) {
    unit.update(storedFiles, { _id: stored._id, uses: stored.uses }, { $inc: { uses: -1 } });
  }
  const change = { state: 'removed', file: null, removeAt: null, spare: last ? stored.key : spare };
  unit.update(uploads, { _id, state, removeAt: { $type: 'date' } }, { $set: change });
  const by = { stream: _id, actor: 'upload-removal', command: 'upload:removed' };
  unit.audit({ ...by, facts: {}, policyVersion: null });
}

/** The row is marked after its object is gone, so a kill in between repeats it. One that is still coming is left alone. */
async function putAwaySome({ db, objects }: ChoreRoom): Promise<number> {
  if (!objects) return 0;
  const model = db.model(uploads);
  const rows = await model
    .find({ spare: { $type: 'string' }, state: { $ne: 'awaiting_file' } })
    .limit(atOnce)
    .lean<UploadRow[]>();
  for (const { _id, spare } of rows) {
    if (spare === null) continue;
    await objects.remove(spare);
    await model.updateOne({ _id, spare }, { $set: { spare: null } });
  }
  return rows.length;
}
