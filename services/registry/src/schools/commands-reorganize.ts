import { registry } from '@shixun/contracts';
import { civilDateOf, isCivilDate } from '@shixun/kernel';
import { defineCommand, notFound, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { teachers } from '../teachers/store.ts';
import { levelsOverAll, schoolFacts, teachingPointsOf } from './commands-change.ts';
import { changedOn } from './history.ts';
import {
  closeSchool,
  type EndingSchool,
  mergeSchools,
  type SchoolReorganized,
  splitSchool,
} from './reorganize.ts';
import { rewriteSchool, type SchoolRow, schools } from './store.ts';
import { staffMoves } from './store-moves.ts';

const schoolId = z.string().max(64);
const effectiveOn = z.string().refine(isCivilDate);
/** The schools that a reorganisation ended or split, as they now stand. */
type Answer = { readonly schoolIds: readonly string[] };

export const mergeSchoolsCommand = defineCommand({
  name: 'mergeSchools',
  input: z.strictObject({
    schoolIds: z.array(schoolId).min(1).max(10).refine(unique),
    intoSchoolId: schoolId,
    effectiveOn,
  }),
  gather: async ({ schoolIds, intoSchoolId }, unit, { caller }) => {
    const into = await unit.findById(schools, intoSchoolId);
    if (into === null) return notFound('school', intoSchoolId, ['intoSchoolId']);
    const rows = await inOrder(unit, schoolIds);
    const missing = schoolIds.find((id) => !rows.some(({ _id }) => _id === id));
    if (missing !== undefined) return notFound('school', missing, ['schoolIds']);
    const ending: EndingSchool[] = [];
    for (const row of rows) ending.push(await endingSchool(unit, row));
    const regionCodes = [into, ...rows].map(({ regionCode }) => regionCode);
    const bureauLevels = levelsOverAll(caller, regionCodes);
    const points = await unit.find(schools, { centralSchoolId: { $in: [...schoolIds] } });
    return { rows, ending, into, points, bureauLevels };
  },
  scope: ({ into }) => ({ regionCode: into.regionCode }),
  decide: (input, { ending, into, bureauLevels }, { now }) =>
    mergeSchools(
      input,
      { schools: ending, into: schoolFacts(into) },
      { bureauLevels, today: civilDateOf(now) },
    ),
  record: (ended, { rows, into, points }, unit, { effectiveOn: on }): Answer => {
    // A school that itself ends here keeps the centre it had.
    for (const point of points.filter(({ _id }) => !rows.some((row) => row._id === _id))) {
      rewriteSchool(unit, point, changedOn(point, on, { centralSchoolId: into._id }));
    }
    for (const row of rows) {
      writeEnd(unit, row, ended, on);
      follow(unit, { from: row, to: into, on, teacherIds: null });
    }
    return { schoolIds: rows.map(({ _id }) => _id) };
  },
  stream: ({ into }) => into._id,
});

export const splitSchoolCommand = defineCommand({
  name: 'splitSchool',
  input: z.strictObject({
    schoolId,
    effectiveOn,
    goesOn: z.boolean(),
    parts: z
      .array(z.strictObject({ schoolId, teacherIds: z.array(z.string().max(64)).max(500) }))
      .min(1)
      .max(10)
      .refine((parts) => unique(parts.map((part) => part.schoolId))),
  }),
  gather: async (input, unit, { caller }) => {
    const row = await unit.findById(schools, input.schoolId);
    if (row === null) return notFound('school', input.schoolId, ['schoolId']);
    const ids = input.parts.map((part) => part.schoolId);
    const parts = await inOrder(unit, ids);
    if (parts.length < ids.length) return notFound('school', '', ['parts']);
    const named = input.parts.flatMap(({ teacherIds }) => teacherIds);
    const at = { _id: { $in: named }, schoolId: row._id, status: 'active' };
    const staff = await unit.find(teachers, at);
    return {
      row,
      parts,
      school: await endingSchool(unit, row),
      staffIds: new Set(staff.map(({ _id }) => _id)),
      bureauLevels: levelsOverAll(
        caller,
        [row, ...parts].map(({ regionCode }) => regionCode),
      ),
    };
  },
  scope: ({ row }) => ({ regionCode: row.regionCode }),
  decide: (input, { school, parts, staffIds, bureauLevels }, { now }) =>
    splitSchool(
      input,
      { school, parts: parts.map(schoolFacts), staffIds },
      { bureauLevels, today: civilDateOf(now) },
    ),
  record: (ended, { row, parts }, unit, { parts: named, goesOn, effectiveOn: on }): Answer => {
    writeEnd(unit, row, ended, on);
    for (const [index, { teacherIds }] of named.entries()) {
      const to = parts[index];
      if (to !== undefined) follow(unit, { from: row, to, on, teacherIds });
    }
    const [first] = parts;
    if (!goesOn && first !== undefined) {
      follow(unit, { from: row, to: first, on, teacherIds: null });
    }
    return { schoolIds: [row._id, ...parts.map(({ _id }) => _id)] };
  },
  stream: ({ row }) => row._id,
});

export const closeSchoolCommand = defineCommand({
  name: 'closeSchool',
  input: z.strictObject({ schoolId, effectiveOn }),
  gather: async (input, unit, { caller }) => {
    const row = await unit.findById(schools, input.schoolId);
    if (row === null) return notFound('school', input.schoolId, ['schoolId']);
    const bureauLevels = levelsOverAll(caller, [row.regionCode]);
    return { row, school: await endingSchool(unit, row), bureauLevels };
  },
  scope: ({ row }) => ({ regionCode: row.regionCode }),
  decide: (input, { school, bureauLevels }, { now }) =>
    closeSchool(input, school, { bureauLevels, today: civilDateOf(now) }),
  record: (ended, { row }, unit, { effectiveOn: on }): Answer => {
    writeEnd(unit, row, ended, on);
    return { schoolIds: [row._id] };
  },
  stream: ({ row }) => row._id,
});

function unique(ids: readonly string[]): boolean {
  return new Set(ids).size === ids.length;
}

/** The schools of those ids, in their order; fewer when some do not exist. */
async function inOrder(unit: Unit, ids: readonly string[]): Promise<SchoolRow[]> {
  const rows = await unit.find(schools, { _id: { $in: ids } });
  return ids.flatMap((id) => rows.filter(({ _id }) => _id === id));
}

async function endingSchool(unit: Unit, row: SchoolRow): Promise<EndingSchool> {
  const teacher = await unit.findOne(teachers, { schoolId: row._id, status: 'active' });
  const teachingPoints = await teachingPointsOf(unit, row._id);
  return { ...schoolFacts(row), hasTeachers: teacher !== null, teachingPoints };
}

/** Writes the school's end, when it ends, and tells the fact. */
function writeEnd(
  unit: Unit,
  row: SchoolRow,
  ended: readonly SchoolReorganized[],
  on: string,
): void {
  const end = ended.find((each) => each.schoolId === row._id);
  if (end === undefined) return;
  const { kind, successors, written } = end;
  if (written !== null) rewriteSchool(unit, row, { ...written, successors });
  unit.emit(registry.schoolReorganized, row._id, {
    schoolId: row._id,
    kind,
    successorIds: [...successors],
    effectiveOn: on,
  });
}

function follow(
  unit: Unit,
  move: {
    readonly from: SchoolRow;
    readonly to: SchoolRow;
    readonly on: string;
    readonly teacherIds: readonly string[] | null;
  },
): void {
  const { from, to, on, teacherIds } = move;
  if (teacherIds?.length === 0) return;
  unit.insert(staffMoves, {
    _id: unit.newId('staffMove'),
    fromSchoolId: from._id,
    fromRegionCode: from.regionCode,
    toSchoolId: to._id,
    toRegionCode: to.regionCode,
    toRural: to.rural,
    effectiveOn: on,
    teacherIds,
    open: true,
  });
}
