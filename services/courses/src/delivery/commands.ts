import { accept, civilDateOf } from '@shixun/kernel';
import { defineCommand, notFound, type PolicyBook, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { classes, type TrainingClassRow } from '../projects/store.ts';
import { keptUpload, type UploadRow, uploads } from '../uploads/store.ts';
import { withReports } from './attendance-sources.ts';
import {
  changeRecord,
  classHeadScope,
  readTrainee,
  readTrainees,
  type Trainee,
} from './commands-room.ts';
import { type CorrectAttendance, correctAttendance } from './correct-attendance.ts';
import type { AttendanceReport } from './participation.ts';
import {
  type AttendanceFacts,
  type RecordAttendance,
  recordAttendance,
} from './record-attendance.ts';

type Facts = AttendanceFacts & {
  readonly trainingClass: TrainingClassRow;
  readonly records: ReadonlyMap<string, Trainee>;
  readonly sheet: UploadRow | null;
};

export const marksMax = 500;
const attendanceChanged = '考勤记录变更，重新认定';

/**
 * Attendance of a whole session in one command: a class head sends what stands on the list, in minutes; with a scanned
 * sheet it is the transcription of the sheet.
 */
export const recordAttendanceCommand = defineCommand<
  RecordAttendance,
  Facts,
  { readonly marks: RecordAttendance; readonly by: string },
  TrainingClassRow
>({
  name: 'recordAttendance',
  input: z.object({
    classId: z.string(),
    sessionId: z.string(),
    sheetUploadId: z
      .string()
      .nullish()
      .transform((id) => id ?? null),
    marks: z
      .array(z.object({ enrollmentId: z.string(), presentMinutes: z.int() }))
      .min(1)
      .max(marksMax),
  }),
  gather: async (input, unit, { policies }) => gatherAttendance(input, unit, policies),
  scope: classHeadScope,
  decide: (input, facts, { now, caller }) => {
    const decision = recordAttendance(input, facts, civilDateOf(now));
    return decision.accepted
      ? { ...decision, outcome: { marks: input, by: caller?.subject ?? '' } }
      : decision;
  },
  record: ({ marks, by }, { trainingClass, records }, unit) => {
    for (const { enrollmentId, presentMinutes } of marks.marks) {
      const trainee = records.get(enrollmentId);
      if (trainee === undefined) continue;
      const report: AttendanceReport = {
        sessionId: marks.sessionId,
        source: marks.sheetUploadId === null ? 'class_head' : 'sheet',
        presentMinutes,
        takenAt: unit.now,
        recordedAt: unit.now,
        recordedBy: by,
        evidence: marks.sheetUploadId,
        reason: null,
      };
      addReports(trainee, [report], unit);
    }
    if (marks.sheetUploadId !== null) {
      unit.update(uploads, { _id: marks.sheetUploadId, state: 'there' }, keptUpload);
    }
    return trainingClass;
  },
  stream: ({ trainingClass }) => trainingClass._id,
});

/** Adds reports to the record of a trainee, with all that follows. */
export function addReports(
  trainee: Trainee,
  reports: readonly AttendanceReport[],
  unit: Unit,
): void {
  changeRecord(trainee, withReports(trainee.participation, reports), attendanceChanged, unit);
}

async function gatherAttendance(input: RecordAttendance, unit: Unit, policies: PolicyBook) {
  const { classId, sessionId, marks, sheetUploadId } = input;
  const trainingClass = await unit.findById(classes, classId);
  if (trainingClass === null) return notFound('class', classId, ['classId']);
  const ids = marks.map(({ enrollmentId }) => enrollmentId);
  const records = await readTrainees(trainingClass, ids, { unit, policies });
  const sheet = sheetUploadId === null ? null : await unit.findById(uploads, sheetUploadId);
  return {
    trainingClass,
    classState: trainingClass.state,
    session: trainingClass.sessions.find(({ _id }) => _id === sessionId),
    trainees: new Map(
      [...records].map(([id, { standing }]) => [id, { decided: standing !== null }]),
    ),
    sheet,
    sheetThere:
      sheetUploadId === null ||
      (sheet?.purpose === 'sheet' && sheet.aboutId === classId && sheet.file !== null),
    records,
  };
}

/** A correction with its reason: what stood is kept, and what it decided is decided anew. [CRS-50, CRS-55] */
export const correctAttendanceCommand = defineCommand<
  CorrectAttendance,
  Trainee,
  CorrectAttendance & { readonly by: string },
  Trainee['enrollment']
>({
  name: 'correctAttendance',
  input: z.object({
    enrollmentId: z.string(),
    sessionId: z.string(),
    presentMinutes: z.int(),
    reason: z.string().trim().min(1).max(500),
  }),
  gather: async ({ enrollmentId }, unit, { policies }) =>
    (await readTrainee(enrollmentId, unit, policies)) ??
    notFound('enrollment', enrollmentId, ['enrollmentId']),
  scope: classHeadScope,
  decide: (input, { trainingClass, participation }, { caller }) => {
    const { sessionId } = input;
    const decision = correctAttendance(input, {
      classState: trainingClass.state,
      session: trainingClass.sessions.find(({ _id }) => _id === sessionId),
      presentMinutes: participation.attendance.find((mark) => mark.sessionId === sessionId)
        ?.presentMinutes,
    });
    return decision.accepted ? accept({ ...input, by: caller?.subject ?? '' }) : decision;
  },
  record: ({ sessionId, presentMinutes, reason, by }, trainee, unit) => {
    const report: AttendanceReport = {
      sessionId,
      source: 'correction',
      presentMinutes,
      takenAt: unit.now,
      recordedAt: unit.now,
      recordedBy: by,
      evidence: null,
      reason,
    };
    addReports(trainee, [report], unit);
    return trainee.enrollment;
  },
  stream: ({ trainingClass }) => trainingClass._id,
  policyVersion: ({ policy }) => policy.versionId,
  audited: ({ enrollmentId, sessionId, presentMinutes }) => ({
    enrollmentId,
    sessionId,
    presentMinutes,
  }),
});
