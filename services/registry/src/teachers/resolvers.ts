import type { Command } from '@shixun/runtime';
import {
  type Caller,
  connection,
  type GraphContext,
  type Resolver,
  type ResolverTable,
  visibleTo,
  within,
} from '@shixun/runtime';
import { regions } from '../regions/store.ts';
import { schools } from '../schools/store.ts';
import { teacherListReaders } from './access.ts';
import { registerTeacherCommand, type TeacherAnswer, transferTeacherCommand } from './commands.ts';
import { endServiceCommand, returnTeacherCommand } from './commands-career.ts';
import { employmentsOf, type StaffAsked, schoolStaffOn, survivingTeacher } from './readers.ts';
import { type TeacherRow, teachers } from './store.ts';
import type { Posting } from './teacher.ts';

type TeacherFilter = {
  readonly regionCode?: string | null;
  readonly schoolId?: string | null;
  readonly stage?: string | null;
  readonly subject?: string | null;
  readonly careerStage?: string | null;
  readonly status?: string | null;
};
type Page = { readonly first?: number | null; readonly after?: string | null };

/** What of the list the caller may see and asks for; null when that is nothing. */
function teacherFilter(
  caller: Caller | null,
  filter: TeacherFilter,
): Readonly<Record<string, unknown>> | null {
  const visible = visibleTo(caller, teacherListReaders, {
    region: 'regionCode',
    school: 'schoolId',
  });
  if (visible === null) return null;
  const asked = {
    ...(filter.regionCode ? { regionCode: within(filter.regionCode) } : {}),
    ...(filter.schoolId ? { schoolId: filter.schoolId } : {}),
    ...(filter.stage ? { stage: filter.stage } : {}),
    ...(filter.subject ? { subjects: filter.subject } : {}),
    ...(filter.careerStage ? { careerStage: filter.careerStage } : {}),
    ...(filter.status ? { status: filter.status } : {}),
  };
  return { $and: [visible, asked] };
}

const teacherSort = [
  ['regionCode', 1],
  ['_id', 1],
] as const;

export const teacherResolvers: ResolverTable = {
  Query: {
    teacher: (_parent, { id }: { id: string }, context) => survivingTeacher(context, id),
    schoolStaffOn: (_parent, args: StaffAsked, context) => schoolStaffOn(context, args),
    me: (_parent, _args, context) => {
      const own = context.caller?.grants.find((grant) => grant.role === 'Teacher');
      const id = own?.personId ?? context.caller?.subject;
      return id === undefined ? null : survivingTeacher(context, id);
    },
    teachers: (_parent, args: Page & { filter?: TeacherFilter | null }, context) =>
      connection(context.db.model(teachers), {
        filter: teacherFilter(context.caller, args.filter ?? {}),
        sort: teacherSort,
        first: args.first,
        after: args.after,
      }),
  },
  Mutation: {
    registerTeacher: answeringTeacher(registerTeacherCommand),
    transferTeacher: answeringTeacher(transferTeacherCommand),
    endService: answeringTeacher(endServiceCommand),
    returnTeacher: answeringTeacher(returnTeacherCommand),
  },
  Teacher: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      survivingTeacher(context, id),
    id: (teacher: TeacherRow) => teacher._id,
    name: ({ name }: TeacherRow) => name || null,
    employments: (teacher: TeacherRow, { on }: { on?: string | null }, context) =>
      employmentsOf(context, teacher, on ?? null),
    identityNumberMasked: (teacher: TeacherRow) => teacher.identityMasked,
    school: ({ schoolId }: TeacherRow, _args, context) => context.loadOne(schools, schoolId),
    region: ({ regionCode }: TeacherRow, _args, context) => context.loadOne(regions, regionCode),
  },
  StaffMember: {
    teacher: ({ teacherId }: { teacherId: string }, _args, context) =>
      context.loadOne(teachers, teacherId),
  },
  Posting: {
    school: ({ schoolId }: Posting, _args, context) => context.loadOne(schools, schoolId),
  },
};

/** The stored answer holds the id alone; the payload reads the record anew, behind the access table. */
function answeringTeacher(command: Command): Resolver {
  return async (_parent, { input }: { input: unknown }, context) => {
    const { answer, refusals } = await context.execute(command, input);
    const teacherId = (answer as TeacherAnswer | null)?.teacherId;
    const teacher = teacherId === undefined ? null : await context.loadOne(teachers, teacherId);
    return { teacher, refusals };
  };
}
