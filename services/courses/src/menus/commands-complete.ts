/** Items that an earlier release put on a menu lack what later ones search and sort by: a new release fills it in. */
import { civilDateOf } from '@shixun/kernel';
import { runUnit, type ServiceRoom, type Unit } from '@shixun/runtime';
import { institutionGrades } from '../projections/institution-grades.ts';
import { classes } from '../projects/store.ts';
import { raiseVersions } from './commands-versions.ts';
import { rankOf } from './facets.ts';
import { menuItems } from './store.ts';

const batchSize = 200;

/** Once, before the service takes requests; on several replicas at once each row is filled in by one of them. */
export async function completeItems({ db, run }: Pick<ServiceRoom, 'db' | 'run'>): Promise<void> {
  for (const regionCode of await db.model(menuItems).distinct('regionCode')) {
    let more = true;
    while (more) more = await runUnit(db, (unit) => completeSome(unit, regionCode), run);
  }
}

async function completeSome(unit: Unit, regionCode: string): Promise<boolean> {
  const items = await unit.find(menuItems, { regionCode, opensOn: null }, { limit: batchSize });
  const ids = items.map(({ classId }) => classId);
  const rows = await unit.find(classes, { _id: { $in: ids } });
  const byId = new Map(rows.map((row) => [row._id, row]));
  for (const { _id, classId, closesAt } of items) {
    const row = byId.get(classId);
    const institutionId = row?.institutionId ?? null;
    const graded = institutionId && (await unit.findById(institutionGrades, institutionId));
    const $set = {
      // A class opens after its window has closed; of a class that is gone no more is known.
      opensOn: row?.opensOn ?? civilDateOf(closesAt),
      ...(row ? { level: row.level, channel: row.channel } : {}),
      institutionId,
      placeRegionCode: row?.ownerRegionCode ?? regionCode,
      ratingRank: rankOf(graded ? graded.grade : null),
    };
    unit.update(menuItems, { _id, opensOn: null }, { $set });
  }
  if (items.length > 0) raiseVersions(unit, [regionCode]);
  return items.length === batchSize;
}
