import { type CivilDate, type Decision, decide, type Fault, fault } from '@shixun/kernel';
import type { ClassState } from '../projects/project.ts';
import { codes } from './refusals.ts';

export type RecordAttendance = {
  readonly classId: string;
  readonly sessionId: string;
  /** The upload of the scanned sheet that the marks are copied from; null when the class head says it. */
  readonly sheetUploadId: string | null;
  readonly marks: readonly { readonly enrollmentId: string; readonly presentMinutes: number }[];
};

export type AttendanceFacts = {
  readonly classState: ClassState;
  readonly session: { readonly date: CivilDate; readonly minutes: number } | undefined;
  /** Enrollments with a place in the class; true where completion is decided already. */
  readonly trainees: ReadonlyMap<string, { readonly decided: boolean }>;
  /** False when a sheet is named that is not uploaded for this class. */
  readonly sheetThere: boolean;
};

/** Takes attendance of one session, in minutes per trainee; taken again it is a correction. [CRS-50] */
export function recordAttendance(
  command: RecordAttendance,
  { classState, session, trainees, sheetThere }: AttendanceFacts,
  today: CivilDate,
): Decision<RecordAttendance> {
  const faults = [...runningFaults(classState)];
  if (!sheetThere) faults.push(fault(codes.SHEET_NOT_THERE, ['sheetUploadId']));
  if (!session) {
    faults.push(fault(codes.SESSION_UNKNOWN, ['sessionId'], { actual: command.sessionId }));
    return decide(faults, () => command);
  }
  if (today < session.date) {
    faults.push(
      fault(codes.SESSION_NOT_YET, ['sessionId'], { required: session.date, actual: today }),
    );
  }
  command.marks.forEach(({ enrollmentId, presentMinutes }, index) => {
    const path = ['marks', String(index)];
    const trainee = trainees.get(enrollmentId);
    if (!trainee) {
      faults.push(fault(codes.NOT_A_TRAINEE, [...path, 'enrollmentId'], { actual: enrollmentId }));
    }
    if (trainee?.decided) faults.push(fault(codes.DECIDED_ALREADY, [...path, 'enrollmentId']));
    if (presentMinutes < 0 || presentMinutes > session.minutes) {
      const figures = { required: `0–${session.minutes}`, actual: presentMinutes };
      faults.push(fault(codes.MINUTES_OUT_OF_RANGE, [...path, 'presentMinutes'], figures));
    }
  });
  return decide(faults, () => command);
}

/** Records are taken from the first day until completion is decided. */
export function runningFaults(state: ClassState): Fault[] {
  return state === 'running' || state === 'closing'
    ? []
    : [fault(codes.CLASS_NOT_RUNNING, ['classId'], { required: 'running', actual: state })];
}
