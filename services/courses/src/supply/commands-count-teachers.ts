import { type Chore, runUnit, type Unit } from '@shixun/runtime';
import { teachers } from '../projections/teachers.ts';
import { staffCounts, teacherCounts } from './areas.ts';
import { replaceContributions } from './commands-count.ts';
import { staffRows, teacherTallies } from './store.ts';

const batchRows = 500;
/** Batches of one run; the next run goes on. */
const batchesMax = 400;

/**
 * Lets the counters of areas and of schools' staff follow what the registry told of teachers. Apart from hearing it, so
 * that a province's teachers, who all meet in one region's counters, are heard in parallel. [PLN-08, PLN-09]
 */
export const countTeachersChore: Chore = {
  name: 'count-teachers',
  everyMs: 5_000,
  run: async ({ db, run }) => {
    for (let batch = 0; batch < batchesMax; batch += 1) {
      if ((await runUnit(db, countSome, run)) < batchRows) return;
    }
  },
};

/** Counts some teachers that are not counted yet, and answers how many. A rival makes the unit run again. */
async function countSome(unit: Unit): Promise<number> {
  const rows = await unit.find(teachers, { uncounted: true }, { limit: batchRows });
  if (rows.length === 0) return 0;
  const { counts, more } = await replaceContributions(
    unit,
    rows.map((row) => ({ _id: row._id, counts: teacherCounts(row), more: staffCounts(row) })),
  );
  for (const [_id, change] of Object.entries(counts)) {
    const [regionCode, stage, subject] = _id.split('/');
    unit.upsert(
      teacherTallies,
      { _id },
      { $setOnInsert: { regionCode, stage, subject }, $inc: { teachers: change } },
    );
  }
  for (const [_id, change] of Object.entries(more)) {
    unit.upsert(staffRows, { _id }, { $inc: { staff: change } });
  }
  for (const { _id } of rows) {
    unit.update(teachers, { _id, uncounted: true }, { $unset: { uncounted: '' } });
  }
  return rows.length;
}
