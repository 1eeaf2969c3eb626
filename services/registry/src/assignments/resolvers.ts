import {
  type Connection,
  connection,
  type GraphContext,
  type ResolverTable,
  visibleTo,
  within,
} from '@shixun/runtime';
import { schools } from '../schools/store.ts';
import { survivingTeacher } from '../teachers/readers.ts';
import { type TeacherRow, teachers } from '../teachers/store.ts';
import { assignmentReaders } from './access.ts';
import { type AssignTeachingAnswer, assignTeachingCommand } from './commands.ts';
import { type AssignmentRow, teachingAssignments } from './store.ts';

type Asked = {
  readonly filter: {
    readonly schoolYear: number;
    readonly regionCode?: string | null;
    readonly schoolId?: string | null;
    readonly subject?: string | null;
    readonly grade?: number | null;
  };
  readonly first?: number | null;
  readonly after?: string | null;
};

function list(
  context: GraphContext,
  { filter, first, after }: Asked,
): Promise<Connection<AssignmentRow>> {
  const fields = { region: 'regionCode', school: 'schoolId' } as const;
  const visible = visibleTo(context.caller, assignmentReaders, fields);
  const { schoolYear, regionCode, schoolId, subject, grade } = filter;
  const asked = {
    schoolYear,
    ...(regionCode ? { regionCode: within(regionCode) } : {}),
    ...(schoolId ? { schoolId } : {}),
    ...(subject ? { subject } : {}),
    ...(typeof grade === 'number' ? { grade } : {}),
  };
  return connection(context.db.model(teachingAssignments), {
    filter: visible === null ? null : { $and: [visible, asked] },
    sort: [
      ['regionCode', 1],
      ['_id', 1],
    ],
    first,
    after,
  });
}

const ofTeacher = async (context: GraphContext, teacherId: string, schoolYear?: number | null) => {
  const rows = await context.loadMany(teachingAssignments, 'teacherId', teacherId);
  return rows.filter((row) => typeof schoolYear !== 'number' || row.schoolYear === schoolYear);
};

export const assignmentResolvers: ResolverTable = {
  Query: { teachingAssignments: (_parent, args: Asked, context) => list(context, args) },
  Mutation: {
    assignTeaching: async (_parent, { input }: { input: unknown }, context) => {
      const { answer, refusals } = await context.execute(assignTeachingCommand, input);
      const done = answer as AssignTeachingAnswer | null;
      return {
        teacher: done === null ? null : await survivingTeacher(context, done.teacherId),
        refusals,
      };
    },
  },
  Teacher: {
    teachingAssignments: (
      teacher: TeacherRow,
      { schoolYear }: { schoolYear?: number | null },
      context,
    ) => ofTeacher(context, teacher._id, schoolYear),
  },
  TeachingAssignment: {
    teacher: ({ teacherId }: AssignmentRow, _args, context) => context.loadOne(teachers, teacherId),
    school: ({ schoolId }: AssignmentRow, _args, context) => context.loadOne(schools, schoolId),
  },
};
