import type { Instant } from '@shixun/kernel';

/** Minutes present at one session 课次; a correction keeps what stood before. */
export type AttendanceMark = {
  readonly sessionId: string;
  readonly presentMinutes: number;
  readonly recordedAt: Instant;
  readonly recordedBy: string;
  readonly earlier: readonly {
    readonly presentMinutes: number;
    readonly recordedAt: Instant;
    readonly recordedBy: string;
  }[];
};

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
};

/** A serious violation that ended the training at once. [CRS-53] */
export type Violation = {
  readonly evidence: string;
  readonly recordedAt: Instant;
  readonly recordedBy: string;
};

/** All that is recorded of one trainee in one class; its id is the enrollment's. */
export type ParticipationRow = {
  readonly _id: string;
  readonly classId: string;
  readonly attendance: readonly AttendanceMark[];
  readonly leaves: readonly Leave[];
  readonly homework: readonly Homework[];
  readonly assessment: Assessment | null;
  readonly violation: Violation | null;
};

/** What stands before anything was recorded. */
export function emptyParticipation(enrollmentId: string, classId: string): ParticipationRow {
  return {
    _id: enrollmentId,
    classId,
    attendance: [],
    leaves: [],
    homework: [],
    assessment: null,
    violation: null,
  };
}
