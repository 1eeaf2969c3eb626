import { centiText } from '@shixun/kernel';
import {
  badInput,
  type Connection,
  connection,
  type GraphContext,
  type ResolverTable,
  visibleTo,
} from '@shixun/runtime';
import { type CompletionRow, completions } from '../completion/store.ts';
import type { ParticipationRow } from '../delivery/participation.ts';
import { emptyParticipation } from '../delivery/participation.ts';
import { attendanceOf } from '../delivery/resolvers.ts';
import { participations } from '../delivery/store.ts';
import { classLogs } from '../delivery/store-class.ts';
import { classes } from '../projects/store.ts';
import { practiceResults } from '../resources/store.ts';
import { archiveReaders } from './access.ts';
import { csvLine } from './csv.ts';

type Asked = {
  readonly projectId?: string | null;
  readonly teacherId?: string | null;
  readonly schoolId?: string | null;
  readonly regionCode?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
};

function visibleArchives({ caller }: GraphContext): Record<string, unknown> | null {
  const others = { school: 'schoolId', institution: 'institutionId', own: 'teacherId' };
  const asTrainees = visibleTo(caller, archiveReaders, { region: 'regionCode', ...others });
  const asOwner = visibleTo(caller, archiveReaders, { region: 'ownerRegionCode', ...others });
  return asTrainees === null || asOwner === null ? asTrainees : { $or: [asTrainees, asOwner] };
}

async function recordOf(row: CompletionRow, context: GraphContext): Promise<ParticipationRow> {
  const known = await context.loadOne(participations, row.enrollmentId);
  return known ?? emptyParticipation(row.enrollmentId, row.classId);
}

async function attendance(row: CompletionRow, context: GraphContext) {
  const trainingClass = await context.loadOne(classes, row.classId);
  return trainingClass && attendanceOf(trainingClass, await recordOf(row, context), context);
}

const columns = [
  '报名 enrollment',
  '教师 teacher',
  '学校 school',
  '项目 project',
  '班 class',
  '结业 completion',
  '计划学时 planned hours',
  '缺课学时 absent hours',
  '认定学时 hours',
  '请假分钟 on leave',
  '缺课分钟 without leave',
  '作业通过 homework accepted',
  '考核成绩 assessment',
  '决定日期 decided on',
];

async function lineOf(row: CompletionRow, context: GraphContext): Promise<string> {
  const { homework, assessment } = await recordOf(row, context);
  const taken = await attendance(row, context);
  const accepted = homework.filter(({ state }) => state === 'accepted').length;
  return csvLine([
    row.enrollmentId,
    row.teacherId,
    row.schoolId,
    row.projectId,
    row.classId,
    row.state === 'confirmed' ? '结业' : '不予结业',
    centiText(row.hoursPlannedCenti),
    centiText(row.hoursAbsentCenti),
    centiText(row.hoursCenti),
    taken?.leaveMinutes ?? null,
    taken?.withoutLeaveMinutes ?? null,
    accepted,
    assessment && centiText(assessment.scoreCenti),
    row.decidedOn,
  ]);
}

export const archiveResolvers: ResolverTable = {
  Query: {
    traineeArchives: (_parent, asked: Asked, context) => {
      const { projectId, teacherId, schoolId, regionCode, ...page } = asked;
      const named = Object.fromEntries(
        Object.entries({ projectId, teacherId, schoolId, regionCode }).filter(([, id]) => id),
      );
      if (Object.keys(named).length === 0) {
        throw badInput('name a project, a teacher, a school or a region');
      }
      const visible = visibleArchives(context);
      return connection(context.db.model(completions), {
        filter: visible && { $and: [{ ...named, standing: true }, visible] },
        sort: [['_id', 1]],
        ...page,
      });
    },
  },
  TraineeArchive: {
    id: ({ enrollmentId }: CompletionRow) => enrollmentId,
    teacher: ({ teacherId }: CompletionRow) => ({ id: teacherId }),
    projectId: ({ projectId }: CompletionRow) => projectId,
    trainingClass: ({ classId }: CompletionRow, _args, context) =>
      context.loadOne(classes, classId),
    completed: ({ state }: CompletionRow) => state === 'confirmed',
    hours: ({ hoursCenti }: CompletionRow) => centiText(hoursCenti),
    attendance: (row: CompletionRow, _args, context) => attendance(row, context),
    leaves: async (row: CompletionRow, _args, context) => (await recordOf(row, context)).leaves,
    homework: async (row: CompletionRow, _args, context) => (await recordOf(row, context)).homework,
    assessment: async (row: CompletionRow, _args, context) => {
      const { assessment } = await recordOf(row, context);
      return assessment && { ...assessment, score: centiText(assessment.scoreCenti) };
    },
    remarks: async ({ classId, enrollmentId }: CompletionRow, _args, context) => {
      const logs = await context.loadMany(classLogs, 'classId', classId);
      return logs.flatMap(({ date, remarks }) =>
        remarks
          .filter((remark) => remark.enrollmentId === enrollmentId)
          .map(({ text }) => ({ date, text })),
      );
    },
    results: async ({ enrollmentId }: CompletionRow, _args, context) =>
      context.loadMany(practiceResults, 'enrollmentId', enrollmentId),
  },
  TraineeArchiveConnection: {
    csv: async ({ edges }: Connection<CompletionRow>, _args, context) => {
      const lines = await Promise.all(edges.map(({ node }) => lineOf(node, context)));
      return [csvLine(columns), ...lines].map((line) => `${line}\r\n`).join('');
    },
  },
};
