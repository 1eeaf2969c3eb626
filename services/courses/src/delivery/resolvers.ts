import { civilDateOf } from '@shixun/kernel';
import { type GraphContext, mutation, type ResolverTable } from '@shixun/runtime';
import { absenceLimitMinutes } from '../completion/decide-completion.ts';
import type { EnrollmentRow } from '../enrollment/store.ts';
import { classes, type TrainingClassRow } from '../projects/store.ts';
import { recordAttendanceCommand } from './commands.ts';
import {
  decideLeaveCommand,
  endForViolationCommand,
  recordCompletionAssessmentCommand,
  requestLeaveCommand,
  reviewHomeworkCommand,
  submitHomeworkCommand,
} from './commands-trainee.ts';
import {
  type AttendanceMark,
  emptyParticipation,
  type Leave,
  type ParticipationRow,
} from './participation.ts';
import { participations } from './store.ts';

export const deliveryResolvers: ResolverTable = {
  Mutation: {
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
  },
  Leave: { id: ({ _id }: Leave) => _id },
};

async function record(row: EnrollmentRow, context: GraphContext): Promise<ParticipationRow> {
  const known = await context.loadOne(participations, row._id);
  return known ?? emptyParticipation(row._id, row.classId);
}

function attendanceOf(
  trainingClass: TrainingClassRow,
  { attendance, leaves }: ParticipationRow,
  context: GraphContext,
) {
  const { sessions, ownerRegionCode } = trainingClass;
  const minutesOf = new Map(sessions.map(({ _id, minutes }) => [_id, minutes]));
  const onLeave = new Set(
    leaves.flatMap(({ state, sessionIds }) => (state === 'granted' ? sessionIds : [])),
  );
  const planned = (sessionId: string) => minutesOf.get(sessionId) ?? 0;
  const absent = ({ sessionId, presentMinutes }: AttendanceMark) =>
    planned(sessionId) - presentMinutes;
  const sum = (marks: readonly AttendanceMark[], of: (mark: AttendanceMark) => number) =>
    marks.reduce((total, mark) => total + of(mark), 0);
  const policy = context.policies.effective(ownerRegionCode, civilDateOf(context.now));
  return {
    plannedMinutes: sessions.reduce((total, { minutes }) => total + minutes, 0),
    presentMinutes: sum(attendance, ({ presentMinutes }) => presentMinutes),
    absentMinutes: sum(attendance, absent),
    leaveMinutes: sum(
      attendance.filter(({ sessionId }) => onLeave.has(sessionId)),
      absent,
    ),
    absenceLimitMinutes: absenceLimitMinutes(trainingClass, policy.figures),
    sessions: attendance.map((mark) => ({
      ...mark,
      plannedMinutes: planned(mark.sessionId),
      earlierMinutes: mark.earlier.map(({ presentMinutes }) => presentMinutes),
    })),
  };
}
