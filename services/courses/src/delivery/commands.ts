import { civilDateOf } from '@shixun/kernel';
import { defineCommand, notFound, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { completions } from '../completion/store.ts';
import { enrollments } from '../enrollment/store.ts';
import { classes, type TrainingClassRow } from '../projects/store.ts';
import { classHeadScope, saveParticipation } from './commands-room.ts';
import { type AttendanceMark, emptyParticipation, type ParticipationRow } from './participation.ts';
import {
  type AttendanceFacts,
  type RecordAttendance,
  recordAttendance,
} from './record-attendance.ts';
import { participations } from './store.ts';

type Facts = AttendanceFacts & {
  readonly trainingClass: TrainingClassRow;
  readonly records: ReadonlyMap<string, ParticipationRow>;
};

const marksMax = 500;

/** Attendance of a whole session in one command: a class head sends what stands on the list, in minutes. */
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
    marks: z
      .array(z.object({ enrollmentId: z.string(), presentMinutes: z.int() }))
      .min(1)
      .max(marksMax),
  }),
  gather: async (input, unit) => gatherAttendance(input, unit),
  scope: classHeadScope,
  decide: (input, facts, { now, caller }) => {
    const decision = recordAttendance(input, facts, civilDateOf(now));
    return decision.accepted
      ? { ...decision, outcome: { marks: input, by: caller?.subject ?? '' } }
      : decision;
  },
  record: ({ marks, by }, { trainingClass, records }, unit) => {
    for (const { enrollmentId, presentMinutes } of marks.marks) {
      const known = records.get(enrollmentId) ?? emptyParticipation(enrollmentId, marks.classId);
      const mark = {
        sessionId: marks.sessionId,
        presentMinutes,
        recordedAt: unit.now,
        recordedBy: by,
      };
      saveParticipation({ ...known, attendance: marked(known.attendance, mark) }, unit);
    }
    return trainingClass;
  },
  stream: ({ trainingClass }) => trainingClass._id,
});

async function gatherAttendance({ classId, sessionId, marks }: RecordAttendance, unit: Unit) {
  const trainingClass = await unit.findById(classes, classId);
  if (trainingClass === null) return notFound('class', classId, ['classId']);
  const ids = marks.map(({ enrollmentId }) => enrollmentId);
  const inClass = await unit.find(enrollments, { _id: { $in: ids }, classId, state: 'confirmed' });
  const decided = await unit.find(completions, { enrollmentId: { $in: ids }, standing: true });
  const records = await unit.find(participations, { _id: { $in: ids } });
  const decidedIds = new Set(decided.map(({ enrollmentId }) => enrollmentId));
  return {
    trainingClass,
    classState: trainingClass.state,
    session: trainingClass.sessions.find(({ _id }) => _id === sessionId),
    trainees: new Map(inClass.map(({ _id }) => [_id, { decided: decidedIds.has(_id) }])),
    records: new Map(records.map((row) => [row._id, row])),
  };
}

/** A second mark for the same session is a correction: what stood before is kept beside it. */
function marked(
  attendance: readonly AttendanceMark[],
  mark: Omit<AttendanceMark, 'earlier'>,
): readonly AttendanceMark[] {
  const before = attendance.find(({ sessionId }) => sessionId === mark.sessionId);
  const others = attendance.filter(({ sessionId }) => sessionId !== mark.sessionId);
  if (!before) return [...others, { ...mark, earlier: [] }];
  const { presentMinutes, recordedAt, recordedBy } = before;
  return [
    ...others,
    { ...mark, earlier: [...before.earlier, { presentMinutes, recordedAt, recordedBy }] },
  ];
}
