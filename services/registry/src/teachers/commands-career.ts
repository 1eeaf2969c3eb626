import { civilDateOf, isCivilDate } from '@shixun/kernel';
import { defineCommand, notFound } from '@shixun/runtime';
import { z } from 'zod';
import { bureauLevelsOf } from '../regions/sector-chain.ts';
import { schools } from '../schools/store.ts';
import { endService, returnTeacher } from './career.ts';
import { actsForSchool, type TeacherAnswer } from './commands.ts';
import { rewriteTeacher } from './store.ts';
import { findPerson } from './store-person.ts';
import { stages } from './teacher.ts';

const effectiveOn = z.string().refine(isCivilDate);

const endServiceInput = z.strictObject({
  teacherId: z.string().max(64),
  status: z.enum(['left', 'retired']),
  effectiveOn,
});

export const endServiceCommand = defineCommand({
  name: 'endService',
  input: endServiceInput,
  gather: async (input, unit, { caller }) => {
    const teacher = await findPerson(unit, input.teacherId);
    if (teacher === null) return notFound('teacher', input.teacherId, ['teacherId']);
    return {
      teacher,
      actsForSchool: actsForSchool(caller, teacher.schoolId),
      bureauLevels: bureauLevelsOf(caller, teacher.regionCode),
    };
  },
  scope: ({ teacher: { schoolId, regionCode } }) => ({ schoolId, regionCode }),
  decide: (input, facts, { now }) => endService(input, facts, civilDateOf(now)),
  record: (ended, { teacher }, unit): TeacherAnswer => {
    rewriteTeacher(unit, teacher, ended);
    return { teacherId: teacher._id };
  },
  stream: ({ teacher }) => teacher._id,
});

const returnTeacherInput = z.strictObject({
  teacherId: z.string().max(64),
  toSchoolId: z.string().max(64),
  effectiveOn,
  stage: z
    .enum(stages)
    .nullish()
    .transform((stage) => stage ?? null),
});

export const returnTeacherCommand = defineCommand({
  name: 'returnTeacher',
  input: returnTeacherInput,
  gather: async (input, unit, { caller }) => {
    const teacher = await findPerson(unit, input.teacherId);
    if (teacher === null) return notFound('teacher', input.teacherId, ['teacherId']);
    const row = await unit.findById(schools, input.toSchoolId);
    if (row === null) return notFound('school', input.toSchoolId, ['toSchoolId']);
    const { _id: id, ...school } = row;
    return {
      teacher,
      school: { id, ...school },
      actsForSchool: false,
      bureauLevels: bureauLevelsOf(caller, row.regionCode),
    };
  },
  // Whoever takes the person back is a bureau of the new school; where the person was is past.
  scope: ({ school }) => ({ regionCode: school.regionCode }),
  decide: (input, facts, { now }) => returnTeacher(input, facts, civilDateOf(now)),
  record: (returned, { teacher }, unit): TeacherAnswer => {
    rewriteTeacher(unit, teacher, returned);
    return { teacherId: teacher._id };
  },
  stream: ({ teacher }) => teacher._id,
});
