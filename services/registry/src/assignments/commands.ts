import { civilDateOf, schoolYearOf } from '@shixun/kernel';
import { type Chore, defineCommand, notFound, runUnit, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { schoolKindFacts } from '../schools/kinds.ts';
import { schools } from '../schools/store.ts';
import { rewriteTeacher, teachers } from '../teachers/store.ts';
import { findPerson } from '../teachers/store-person.ts';
import { assignTeaching } from './assign.ts';
import { type AssignmentRow, teachingAssignments } from './store.ts';

export type AssignTeachingAnswer = { readonly teacherId: string; readonly schoolYear: number };

export const assignTeachingCommand = defineCommand({
  name: 'assignTeaching',
  input: z.strictObject({
    teacherId: z.string().max(64),
    schoolYear: z.int().min(2000).max(2100),
    assignments: z
      .array(
        z.strictObject({
          subject: z.string().regex(/^[a-z][a-z_]{1,40}$/),
          grade: z.int().min(0).max(20),
          weeklyHours: z.int().min(1).max(60),
        }),
      )
      .max(40),
  }),
  gather: async ({ teacherId, schoolYear }, unit) => {
    const teacher = await findPerson(unit, teacherId);
    if (teacher === null) return notFound('teacher', teacherId, ['teacherId']);
    const school = await unit.findById(schools, teacher.schoolId);
    if (school === null) return notFound('school', teacher.schoolId, ['teacherId']);
    const at = { teacherId: teacher._id, schoolYear };
    const earlier = await unit.find(teachingAssignments, at);
    return { teacher, schoolStages: schoolKindFacts[school.kind].stages, earlier };
  },
  scope: ({ teacher: { schoolId, regionCode } }) => ({ schoolId, regionCode }),
  decide: (input, facts, { now }) => assignTeaching(input, facts, civilDateOf(now)),
  record: (assigned, { teacher, earlier }, unit, { schoolYear }): AssignTeachingAnswer => {
    const { _id: teacherId, schoolId, regionCode } = teacher;
    const rows = assigned.assignments.map(
      (each): AssignmentRow => ({
        _id: `${teacherId}/${schoolYear}/${each.subject}/${each.grade}`,
        teacherId,
        schoolId,
        regionCode,
        schoolYear,
        ...each,
      }),
    );
    for (const { _id } of earlier.filter((old) => !rows.some((row) => row._id === old._id))) {
      unit.remove(teachingAssignments, { _id });
    }
    for (const { _id, ...row } of rows) unit.upsert(teachingAssignments, { _id }, { $set: row });
    const { graduatingClass } = assigned;
    const current = schoolYearOf(civilDateOf(unit.now));
    if (
      graduatingClass !== teacher.graduatingClass ||
      (graduatingClass && schoolYear === current)
    ) {
      rewriteTeacher(unit, teacher, {
        graduatingClass,
        ...(graduatingClass ? { graduatingYear: current } : {}),
      });
    }
    return { teacherId, schoolYear };
  },
  stream: ({ teacher }) => teacher._id,
});

const batchRows = 200;
const unitsMax = 25;

/** On 1 September what was said of the last school year is over: flags follow the assignments of the new one. */
export const turnSchoolYearChore: Chore = {
  name: 'turn-school-year',
  everyMs: 60_000,
  run: async ({ db, run }) => {
    for (let units = 0; units < unitsMax; units += 1) {
      if (!(await runUnit(db, turnSchoolYearOnce, run))) return;
    }
  },
};

/**
 * Takes some teachers into the current school year: the flag of the last one ends, a graduating class planned for this
 * one begins. Answers whether there was anything to do.
 */
export async function turnSchoolYearOnce(unit: Unit): Promise<boolean> {
  const current = schoolYearOf(civilDateOf(unit.now));
  const over = { graduatingClass: true, graduatingYear: { $exists: true, $lt: current } };
  const ended = await unit.find(teachers, over, { limit: batchRows });
  const planned = await unit.find(
    teachingAssignments,
    { schoolYear: current, graduatingClass: true, begun: null },
    { limit: batchRows },
  );
  const ids = [...new Set([...ended.map(({ _id }) => _id), ...planned.map((p) => p.teacherId)])];
  if (ids.length === 0) return false;
  const still = await unit.find(teachingAssignments, {
    teacherId: { $in: ids },
    schoolYear: current,
    graduatingClass: true,
  });
  const graduating = new Set(still.map(({ teacherId }) => teacherId));
  for (const teacher of await unit.find(teachers, { _id: { $in: ids } })) {
    const graduatingClass = graduating.has(teacher._id) && teacher.status === 'active';
    const year = graduatingClass ? { graduatingYear: current } : {};
    rewriteTeacher(unit, teacher, { graduatingClass, ...year });
  }
  for (const { _id } of planned) {
    unit.update(teachingAssignments, { _id, begun: null }, { $set: { begun: true } });
  }
  return true;
}
