/** Carries out what reorganisations left to do: schools follow their region, people follow their school. [REG-05] */
import { type Chore, runUnit, type Unit } from '@shixun/runtime';
import { moveRecordsOnce } from '../regions/commands-follow.ts';
import { type RegionRow, regions } from '../regions/store.ts';
import { movedTo } from '../teachers/postings.ts';
import { rewriteTeacher, type TeacherRow, teachers } from '../teachers/store.ts';
import { changedOn } from './history.ts';
import { rewriteSchool, schools } from './store.ts';
import { type StaffMoveRow, staffMoves } from './store-moves.ts';

/** Records that one unit writes at most: few enough to stay short beside commands. */
const batchRows = 100;
/** Units of one run at most; the next run goes on. */
const unitsMax = 50;

export const followReorganizationsChore: Chore = {
  name: 'follow-reorganizations',
  everyMs: 3_000,
  run: async ({ db, run }) => {
    for (let units = 0; units < unitsMax; units += 1) {
      const worked = await runUnit(
        db,
        async (unit) => (await moveSchoolsOnce(unit)) || (await moveStaffOnce(unit)),
        run,
      );
      if (!worked) return;
    }
  },
};

/** Moves some schools of an abolished region to its one successor, then what else belongs to the region. Answers whether there was anything to do. */
export async function moveSchoolsOnce(unit: Unit): Promise<boolean> {
  const region = await unit.findOne(regions, { relocating: true });
  if (region === null) return false;
  const { regionCode, effectiveOn } = successorOf(region);
  const moving = await unit.find(
    schools,
    { regionCode: region._id },
    { sort: { _id: 1 }, limit: batchRows },
  );
  if (moving.length === 0) {
    if (await moveRecordsOnce(unit, region._id, { regionCode, effectiveOn })) return true;
    unit.update(regions, { _id: region._id, relocating: true }, { $unset: { relocating: '' } });
    return true;
  }
  for (const school of moving) {
    rewriteSchool(unit, school, changedOn(school, effectiveOn, { regionCode }));
    unit.insert(staffMoves, {
      _id: unit.newId('staffMove'),
      fromSchoolId: school._id,
      fromRegionCode: region._id,
      toSchoolId: school._id,
      toRegionCode: regionCode,
      toRural: school.rural,
      effectiveOn,
      teacherIds: null,
      open: true,
    });
  }
  return true;
}

function successorOf(region: RegionRow): { regionCode: string; effectiveOn: string } {
  const [regionCode] = region.successors ?? [];
  const effectiveOn = region.abolishedOn;
  if (regionCode === undefined || !effectiveOn) {
    throw new Error(`region ${region._id} is to be moved, but nobody said where`);
  }
  return { regionCode, effectiveOn };
}

/** Moves some of the people of the oldest open move. Answers whether there was anything to do. */
export async function moveStaffOnce(unit: Unit): Promise<boolean> {
  const [move] = await unit.find(staffMoves, { open: true }, { sort: { _id: 1 }, limit: 1 });
  if (move === undefined) return false;
  const staff = await unit.find(teachers, stillToMove(move), {
    sort: { _id: 1 },
    limit: batchRows,
  });
  for (const teacher of staff) moveTeacher(unit, teacher, move);
  if (staff.length < batchRows) {
    unit.update(staffMoves, { _id: move._id, open: true }, { $unset: { open: '' } });
  }
  return true;
}

/** With the school everybody on its books goes along; into another school only who is in service. */
function stillToMove(move: StaffMoveRow): Record<string, unknown> {
  const { fromSchoolId, fromRegionCode, toSchoolId, teacherIds } = move;
  return {
    schoolId: fromSchoolId,
    regionCode: fromRegionCode,
    ...(toSchoolId === fromSchoolId ? {} : { status: 'active' }),
    ...(teacherIds === null ? {} : { _id: { $in: teacherIds } }),
  };
}

function moveTeacher(unit: Unit, teacher: TeacherRow, move: StaffMoveRow): void {
  const { toSchoolId: schoolId, toRegionCode: regionCode, toRural: rural, effectiveOn } = move;
  const postings =
    teacher.status === 'active'
      ? movedTo(teacher.postings, { schoolId, regionCode }, effectiveOn)
      : teacher.postings;
  rewriteTeacher(unit, teacher, { schoolId, regionCode, rural, postings });
}
