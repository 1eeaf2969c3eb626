/** Files and particulars of rows go when their time is over; that there was an import stays. [GOV-03] */
import { eachTried, type FilesRoom, runUnit } from '@shixun/runtime';
import { imports } from '../store.ts';

const atOnce = 50;
const removable = ['awaiting_file', 'validated', 'applied', 'undone', 'file_refused'] as const;

/** Bounded; run again and again. The row is marked after its file is gone, so a kill in between repeats it. */
export async function removeOldFiles(room: FilesRoom): Promise<number> {
  const { db, objects } = room;
  const now = room.run.clock?.() ?? new Date();
  const old = await db
    .model(imports)
    .find({ removeAt: { $lt: now }, state: { $in: [...removable] } })
    .limit(atOnce)
    .lean();
  await eachTried(old, async ({ _id, file, spare = [], state }) => {
    const keys = [...spare, ...(file === null ? [] : [file.key])];
    for (const key of keys) await objects?.remove(key);
    await runUnit(
      db,
      async (unit) => {
        unit.update(imports, { _id, state }, { $set: { state: 'removed' } });
        const note = { stream: _id, actor: 'import-removal', command: 'import:removed' };
        unit.audit({ ...note, facts: {}, policyVersion: null });
      },
      room.run,
    );
  });
  return old.length;
}
