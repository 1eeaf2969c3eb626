import type { Instant } from '@shixun/kernel';
import type { AttendanceSource } from './attendance-sources.ts';

/** What one source says of a trainee at one session 课次. Reports are added and never changed. [CRS-50] */
export type AttendanceReport = {
  readonly sessionId: string;
  readonly source: AttendanceSource;
  readonly presentMinutes: number;
  /** When it was taken in the room; a batch that was sent later was taken earlier. */
  readonly takenAt: Instant;
  readonly recordedAt: Instant;
  readonly recordedBy: string;
  /** What it rests on: the batch of a device, the scanned sheet; null without. */
  readonly evidence: string | null;
  /** Why it corrects what stood before; null for what is no correction. */
  readonly reason: string | null;
};

/** One figure that counted at some time. */
export type AttendanceFigure = Pick<
  AttendanceReport,
  'sessionId' | 'source' | 'presentMinutes' | 'recordedAt' | 'recordedBy' | 'reason'
>;

/** Minutes present at one session 课次, as they count; what counted before is kept. */
export type AttendanceMark = AttendanceFigure & { readonly earlier: readonly AttendanceFigure[] };

export type LeaveState = 'asked' | 'granted' | 'refused';

/** A request for leave 请假 from some sessions. [CRS-51] */
export type Leave = {
  readonly _id: string;
  readonly sessionIds: readonly string[];
  readonly reason: string;
  readonly state: LeaveState;
  readonly askedAt: Instant;
  readonly decidedAt: Instant | null;
  readonly decidedBy: string | null;
};

export type HomeworkState = 'submitted' | 'accepted' | 'returned';

/** Homework 作业 of one module. */
export type Homework = {
  readonly moduleId: string;
  readonly text: string;
  readonly state: HomeworkState;
  readonly submittedAt: Instant;
  readonly remark: string | null;
};

/** The completion assessment 结业考核. [CRS-14] */
export type Assessment = {
  readonly passed: boolean;
  readonly scoreCenti: number;
  readonly recordedAt: Instant;
  readonly recordedBy: string;
  /** Why it corrects what stood before; null for the first. */
  readonly reason: string | null;
  /** What stood before. */
  readonly earlier: readonly Omit<Assessment, 'earlier'>[];
};

/** An appeal 申诉 against a violation: asked once, decided by the bureau. [CRS-53] */
export type ViolationAppeal = {
  readonly reason: string;
  readonly askedAt: Instant;
  /** Null until it is decided. */
  readonly upheld: boolean | null;
  readonly remark: string | null;
  readonly decidedAt: Instant | null;
  readonly decidedBy: string | null;
  /** While it is open, the region whose bureau decides it: its duties are found by it. [CRS-59] */
  readonly openFor?: string;
};

/** A serious violation that ended the training at once. [CRS-53] */
export type Violation = {
  readonly evidence: string;
  readonly recordedAt: Instant;
  readonly recordedBy: string;
  readonly appeal: ViolationAppeal | null;
};

/** All that is recorded of one trainee in one class; its id is the enrollment's. */
export type ParticipationRow = {
  readonly _id: string;
  readonly classId: string;
  readonly reports: readonly AttendanceReport[];
  readonly attendance: readonly AttendanceMark[];
  readonly leaves: readonly Leave[];
  readonly homework: readonly Homework[];
  readonly assessment: Assessment | null;
  readonly violation: Violation | null;
  /** How many of the warnings of the absence budget were given: each is given once. [CRS-52] */
  readonly absenceWarnings: number;
  /** How often it was changed; absent where it never was. Who writes it ahead of a transaction is guarded by it. */
  readonly revision?: number;
};

/** True while a violation stands: an appeal that was upheld has lifted it. [CRS-53] */
export function excluded({ violation }: Pick<ParticipationRow, 'violation'>): boolean {
  return violation !== null && violation.appeal?.upheld !== true;
}

/** A new result of the assessment; what stood is kept beside it. */
export function assessedAgain(
  before: Assessment | null,
  result: Omit<Assessment, 'earlier'>,
): Assessment {
  if (before === null) return { ...result, earlier: [] };
  const { earlier = [], ...stood } = before;
  return { ...result, earlier: [...earlier, stood] };
}

/** What stands before anything was recorded. */
export function emptyParticipation(enrollmentId: string, classId: string): ParticipationRow {
  return {
    _id: enrollmentId,
    classId,
    reports: [],
    attendance: [],
    leaves: [],
    homework: [],
    assessment: null,
    violation: null,
    absenceWarnings: 0,
  };
}
