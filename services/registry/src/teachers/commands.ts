import { type CivilDate, civilDateOf, isCivilDate } from '@shixun/kernel';
import { type Caller, defineCommand, notFound } from '@shixun/runtime';
import { z } from 'zod';
import { bureauLevelsOf } from '../regions/sector-chain.ts';
import { schools } from '../schools/store.ts';
import { normalizeIdentityNumber } from './identity-number.ts';
import { registerTeacher } from './register.ts';
import { sealingWith } from './sealing.ts';
import { recordTeacher, sealPerson, teachers, tellTeacher } from './store.ts';
import { findPerson } from './store-person.ts';
import { careerStages, stages, titles } from './teacher.ts';
import { transferTeacher } from './transfer.ts';

/** Personal data stays out of answers, which are stored: an answer names the record only. */
export type TeacherAnswer = { readonly teacherId: string };

const civilDate = z.string().refine(isCivilDate) satisfies z.ZodType<CivilDate>;
const subject = z.string().regex(/^[a-z][a-z_]{1,40}$/);

const registerTeacherInput = z.strictObject({
  name: z.string().trim().min(2).max(50),
  identityNumber: z.string().max(64),
  phone: z
    .string()
    .max(40)
    .nullish()
    .transform((phone) => phone ?? null),
  schoolId: z.string().max(64),
  since: civilDate,
  stage: z.enum(stages),
  subjects: z.array(subject).min(1).max(10),
  title: z
    .enum(titles)
    .nullish()
    .transform((title) => title ?? 'none'),
  careerStage: z.enum(careerStages),
  rural: z.boolean(),
  minorityBilingual: z.boolean(),
  dualQualified: z.boolean(),
  principal: z.boolean(),
  graduatingClass: z.boolean(),
});

export const registerTeacherCommand = defineCommand({
  name: 'registerTeacher',
  input: registerTeacherInput,
  gather: async (input, unit, { caller, personalDataKey }) => {
    const school = await unit.findById(schools, input.schoolId);
    if (school === null) return notFound('school', input.schoolId, ['schoolId']);
    const sealing = sealingWith(personalDataKey);
    const number = normalizeIdentityNumber(input.identityNumber);
    const indexes = sealing.blindIndexes(number, 'identity_number');
    const sameNumber = { identityIndex: { $in: indexes } };
    return {
      school,
      sealing,
      identityNumberTaken: (await unit.findOne(teachers, sameNumber)) !== null,
      actsForSchool: actsForSchool(caller, school._id),
      bureauLevels: bureauLevelsOf(caller, school.regionCode),
    };
  },
  scope: ({ school }) => ({ schoolId: school._id, regionCode: school.regionCode }),
  decide: (input, facts, { now }) => registerTeacher(input, facts, civilDateOf(now)),
  record: (registered, { school, sealing }, unit): TeacherAnswer => {
    const { identityNumber, phone, since, ...profile } = registered;
    const _id = unit.newId('teacher');
    const posting = { schoolId: school._id, regionCode: school.regionCode, from: since, to: null };
    recordTeacher(unit, {
      _id,
      ...profile,
      ...sealPerson(sealing, _id, { identityNumber, phone, name: registered.name }),
      status: 'active',
      mergedInto: null,
      regionCode: school.regionCode,
      postings: [posting],
      registeredAt: unit.now,
    });
    return { teacherId: _id };
  },
  stream: (_facts, _outcome, { teacherId }) => teacherId,
  audited: ({ schoolId, stage, since }, { teacherId }) => ({ teacherId, schoolId, stage, since }),
});

const transferTeacherInput = z.strictObject({
  teacherId: z.string().max(64),
  toSchoolId: z.string().max(64),
  effectiveOn: civilDate,
  stage: z
    .enum(stages)
    .nullish()
    .transform((stage) => stage ?? null),
});

export const transferTeacherCommand = defineCommand({
  name: 'transferTeacher',
  input: transferTeacherInput,
  gather: async (input, unit, { caller }) => {
    const teacher = await findPerson(unit, input.teacherId);
    if (teacher === null) return notFound('teacher', input.teacherId, ['teacherId']);
    const school = await unit.findById(schools, input.toSchoolId);
    if (school === null) return notFound('school', input.toSchoolId, ['toSchoolId']);
    return { teacher, school, inArea: bureauLevelsOf(caller, school.regionCode).length > 0 };
  },
  scope: ({ teacher }) => ({ regionCode: teacher.regionCode }),
  decide: (input, facts, { now }) => transferTeacher(input, facts, civilDateOf(now)),
  record: (moved, { teacher }, unit): TeacherAnswer => {
    unit.update(teachers, { _id: teacher._id, schoolId: teacher.schoolId }, { $set: moved });
    tellTeacher(unit, { ...teacher, ...moved });
    return { teacherId: teacher._id };
  },
  stream: ({ teacher }) => teacher._id,
});

/** True when the caller administers that school itself. */
export function actsForSchool(caller: Caller | null, schoolId: string): boolean {
  return (
    caller?.grants.some((grant) => grant.role === 'SchoolAdmin' && grant.schoolId === schoolId) ??
    false
  );
}
