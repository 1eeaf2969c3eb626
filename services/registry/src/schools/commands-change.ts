import { civilDateOf, isCivilDate } from '@shixun/kernel';
import { type CommandContext, defineCommand, notFound, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { bureauLevelsOf } from '../regions/sector-chain.ts';
import { regions } from '../regions/store.ts';
import { relocateSchool, renameSchool, type SchoolFacts } from './change.ts';
import { rewriteSchool, type SchoolRow, schools } from './store.ts';
import { staffMoves } from './store-moves.ts';

const schoolId = z.string().max(64);
const effectiveOn = z.string().refine(isCivilDate);

export const renameSchoolCommand = defineCommand({
  name: 'renameSchool',
  input: z.strictObject({ schoolId, name: z.string().trim().min(2).max(100), effectiveOn }),
  gather: async (input, unit, { caller }) => {
    const school = await unit.findById(schools, input.schoolId);
    if (school === null) return notFound('school', input.schoolId, ['schoolId']);
    return { school, bureauLevels: bureauLevelsOf(caller, school.regionCode) };
  },
  scope: ({ school }) => ({ regionCode: school.regionCode }),
  decide: (input, { school, bureauLevels }, { now }) =>
    renameSchool(input, schoolFacts(school), { bureauLevels, today: civilDateOf(now) }),
  record: (changed, { school }, unit): SchoolRow => {
    rewriteSchool(unit, school, changed);
    return { ...school, ...changed };
  },
  stream: ({ school }) => school._id,
});

const relocateSchoolInput = z.strictObject({
  schoolId,
  regionCode: z.string().regex(/^\d{6}(\d{3})?$/),
  centralSchoolId: z
    .string()
    .max(64)
    .nullish()
    .transform((id) => id ?? null),
  effectiveOn,
});

export const relocateSchoolCommand = defineCommand({
  name: 'relocateSchool',
  input: relocateSchoolInput,
  gather: async (input, unit, { caller }) => {
    const row = await unit.findById(schools, input.schoolId);
    if (row === null) return notFound('school', input.schoolId, ['schoolId']);
    const region = await unit.findById(regions, input.regionCode);
    return {
      row,
      school: schoolFacts(row),
      regionKnown: region !== null && !region.abolishedOn,
      centralSchool:
        input.centralSchoolId === null ? null : await unit.findById(schools, input.centralSchoolId),
      teachingPoints: await teachingPointsOf(unit, row._id),
      bureauLevels: levelsOverAll(caller, [row.regionCode, input.regionCode]),
    };
  },
  scope: ({ row }) => ({ regionCode: row.regionCode }),
  decide: (input, facts, { now }) =>
    relocateSchool(input, facts, { bureauLevels: facts.bureauLevels, today: civilDateOf(now) }),
  record: (changed, { row }, unit, input): SchoolRow => {
    rewriteSchool(unit, row, changed);
    if (input.regionCode !== row.regionCode) {
      unit.insert(staffMoves, {
        _id: unit.newId('staffMove'),
        fromSchoolId: row._id,
        fromRegionCode: row.regionCode,
        toSchoolId: row._id,
        toRegionCode: input.regionCode,
        toRural: row.rural,
        effectiveOn: input.effectiveOn,
        teacherIds: null,
        open: true,
      });
    }
    return { ...row, ...changed };
  },
  stream: ({ row }) => row._id,
});

export function schoolFacts({ _id, ...row }: SchoolRow): SchoolFacts {
  return { id: _id, ...row };
}

/** How many village schools and teaching points belong to the school. */
export async function teachingPointsOf(unit: Unit, centralSchoolId: string): Promise<number> {
  return (await unit.find(schools, { centralSchoolId })).filter(
    ({ state }) => state === undefined || state === 'open',
  ).length;
}

/** The levels on which the caller is the bureau of every one of the regions. */
export function levelsOverAll(
  caller: CommandContext['caller'],
  regionCodes: readonly string[],
): ReturnType<typeof bureauLevelsOf> {
  const [first = [], ...others] = regionCodes.map((code) => bureauLevelsOf(caller, code));
  return first.filter((level) => others.every((levels) => levels.includes(level)));
}
