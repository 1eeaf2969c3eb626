import { regionPrefix } from '@shixun/kernel';
import { type Chore, runUnit, type Unit } from '@shixun/runtime';
import { teachers } from '../projections/teachers.ts';
import { notices } from './notices.ts';
import { resourcePackages } from './store.ts';

const teachersAtOnce = 200;
const batchesMax = 100;

/** Tells every teacher of the package's region, stage and subject of it, once each. [CRS-56] */
export const pushPackagesChore: Chore = {
  name: 'push-resource-packages',
  everyMs: 30_000,
  run: async ({ db, run }, turn) => {
    for (let batch = 0; batch < batchesMax && turn?.signal.aborted !== true; batch += 1) {
      const going = await runUnit(
        db,
        async (unit) => {
          await turn?.fence(unit);
          return pushSome(unit);
        },
        run,
      );
      if (!going) return;
    }
  },
};

async function pushSome(unit: Unit): Promise<boolean> {
  const row = await unit.findOne(resourcePackages, { pushedAfter: { $type: 'string' } });
  if (row === null || row.pushedAfter === null) return false;
  const { _id: packageId, stage, subject, regionCode, title, resultIds, pushedAfter } = row;
  const prefix = regionPrefix(regionCode);
  const found = await unit.findFields(
    teachers,
    {
      stage,
      subjects: subject,
      _id: { $gt: pushedAfter },
      regionCode: { $gte: prefix, $lt: `${prefix}:` },
      status: 'active',
    },
    ['_id'],
    { sort: { _id: 1 }, limit: teachersAtOnce },
  );
  for (const { _id: teacherId } of found) {
    unit.notify({
      notice: notices.PACKAGE_FOR_YOU,
      to: { teacherId },
      subject: packageId,
      figures: { title, packageId, count: resultIds.length },
    });
  }
  const last = found.length < teachersAtOnce ? null : (found.at(-1)?._id ?? null);
  unit.update(
    resourcePackages,
    { _id: packageId, pushedAfter },
    { $set: { pushedAfter: last, pushed: row.pushed + found.length } },
  );
  return true;
}
