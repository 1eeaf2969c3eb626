import { civilDateOf } from '@shixun/kernel';
import {
  by,
  connection,
  type GraphContext,
  may,
  mutation,
  type ResolverTable,
} from '@shixun/runtime';
import type { EnrollmentRow } from '../enrollment/store.ts';
import { classes, type TrainingClassRow } from '../projects/store.ts';
import { absenceBudget } from './absence-budget.ts';
import { codeShown } from './check-in.ts';
import { correctAttendanceCommand, recordAttendanceCommand } from './commands.ts';
import { sendAttendanceBatchCommand } from './commands-batch.ts';
import {
  checkInCommand,
  registerAttendanceDeviceCommand,
  retireAttendanceDeviceCommand,
} from './commands-check-in.ts';
import { writeDailyLogCommand } from './commands-log.ts';
import { startOf } from './commands-room.ts';
import {
  decideLeaveCommand,
  recordCompletionAssessmentCommand,
  requestLeaveCommand,
  reviewHomeworkCommand,
  submitHomeworkCommand,
} from './commands-trainee.ts';
import {
  appealViolationCommand,
  decideViolationAppealCommand,
  endForViolationCommand,
} from './commands-violation.ts';
import { emptyParticipation, type Leave, type ParticipationRow } from './participation.ts';
import { shownCode } from './signing-code.ts';
import { participations } from './store.ts';
import {
  type AttendanceDeviceRow,
  attendanceDevices,
  type ClassLogRow,
  classLogs,
} from './store-class.ts';

export const deliveryResolvers: ResolverTable = {
  Query: { attendanceCode },
  Mutation: {
    correctAttendance: mutation(correctAttendanceCommand, 'enrollment'),
    checkIn: mutation(checkInCommand, 'enrollment'),
    registerAttendanceDevice: mutation(registerAttendanceDeviceCommand, 'device'),
    retireAttendanceDevice: mutation(retireAttendanceDeviceCommand, 'device'),
    sendAttendanceBatch: mutation(sendAttendanceBatchCommand, 'trainingClass'),
    writeDailyLog: mutation(writeDailyLogCommand, 'log'),
    appealViolation: mutation(appealViolationCommand, 'enrollment'),
    decideViolationAppeal: mutation(decideViolationAppealCommand, 'enrollment'),
    recordAttendance: mutation(recordAttendanceCommand, 'trainingClass'),
    requestLeave: mutation(requestLeaveCommand, 'enrollment'),
    decideLeave: mutation(decideLeaveCommand, 'enrollment'),
    submitHomework: mutation(submitHomeworkCommand, 'enrollment'),
    reviewHomework: mutation(reviewHomeworkCommand, 'enrollment'),
    recordCompletionAssessment: mutation(recordCompletionAssessmentCommand, 'enrollment'),
    endForViolation: mutation(endForViolationCommand, 'enrollment'),
  },
  Enrollment: {
    attendance: async (row: EnrollmentRow, _args, context) => {
      const trainingClass = await context.loadOne(classes, row.classId);
      return trainingClass && attendanceOf(trainingClass, await record(row, context), context);
    },
    leaves: async (row: EnrollmentRow, _args, context) => (await record(row, context)).leaves,
    homework: async (row: EnrollmentRow, _args, context) => (await record(row, context)).homework,
    violation: async (row: EnrollmentRow, _args, context) => (await record(row, context)).violation,
  },
  TrainingClass: {
    logs: ({ _id }: TrainingClassRow, page: Page, context) =>
      connection(context.db.model(classLogs), {
        ...page,
        filter: { classId: _id },
        sort: [
          ['date', 1],
          ['_id', 1],
        ],
      }),
    attendanceDevices: ({ _id }: TrainingClassRow, _args, context) =>
      context.loadMany(attendanceDevices, 'classId', _id),
  },
  ClassLog: { id: ({ _id }: ClassLogRow) => _id },
  AttendanceDevice: { id: ({ _id }: AttendanceDeviceRow) => _id },
  Leave: { id: ({ _id }: Leave) => _id },
};

export async function record(row: EnrollmentRow, context: GraphContext): Promise<ParticipationRow> {
  const known = await context.loadOne(participations, row._id);
  return known ?? emptyParticipation(row._id, row.classId);
}

export function attendanceOf(
  trainingClass: TrainingClassRow,
  record: ParticipationRow,
  context: GraphContext,
) {
  const { sessions, ownerRegionCode } = trainingClass;
  const minutesOf = new Map(sessions.map(({ _id, minutes }) => [_id, minutes]));
  const { figures } = context.policies.effective(ownerRegionCode, civilDateOf(context.now));
  const budget = absenceBudget(trainingClass, record, figures);
  const present = record.attendance.reduce((sum, mark) => sum + mark.presentMinutes, 0);
  return {
    plannedMinutes: sessions.reduce((total, { minutes }) => total + minutes, 0),
    presentMinutes: present,
    absentMinutes: budget.usedMinutes,
    leaveMinutes: budget.onLeaveMinutes,
    withoutLeaveMinutes: budget.withoutLeaveMinutes,
    absenceLimitMinutes: budget.limitMinutes,
    absenceLeftMinutes: budget.leftMinutes,
    sessions: record.attendance.map((mark) => ({
      ...mark,
      plannedMinutes: minutesOf.get(mark.sessionId) ?? 0,
      earlierMinutes: mark.earlier.map(({ presentMinutes }) => presentMinutes),
      reports: record.reports.filter(({ sessionId }) => sessionId === mark.sessionId),
    })),
  };
}

type Page = { readonly first?: number | null; readonly after?: string | null };

/** The code on the screen of the room, while there is one and for the class head alone. */
async function attendanceCode(
  _parent: unknown,
  { classId, sessionId }: { readonly classId: string; readonly sessionId: string },
  context: GraphContext,
) {
  const row = await context.loadOne(classes, classId);
  const session = row?.sessions.find(({ _id }) => _id === sessionId);
  if (
    !row ||
    !session ||
    !may(context.caller, by('ClassHead', 'own'), { personId: row.classHeadId })
  )
    return null;
  const shown = codeShown({ startsAt: startOf(session), minutes: session.minutes }, context.now);
  if (!shown) return null;
  const room = { classId, sessionId };
  const { code, leftMs } = shownCode(context.personalDataKey, room, context.now);
  return { code, validUntil: new Date(context.now.getTime() + leftMs) };
}
