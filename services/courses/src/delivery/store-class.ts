import { defineCollection } from '@shixun/runtime';

/** The log of one training day of one class; its id is `<class>:<date>`, so that a day has one. [CRS-50] */
export type ClassLogRow = {
  readonly _id: string;
  readonly classId: string;
  readonly date: string;
  readonly performance: string | null;
  readonly incidents: string | null;
  /** What is said of single trainees. */
  readonly remarks: readonly { readonly enrollmentId: string; readonly text: string }[];
  /** Null while it is missing. */
  readonly writtenAt: Date | null;
  readonly writtenBy: string | null;
  /** When it was flagged as missing; null when it never was. */
  readonly flaggedAt: Date | null;
};

export const classLogId = (classId: string, date: string) => `${classId}:${date}`;

export const classLogs = defineCollection<ClassLogRow>(
  'class_logs',
  {
    classId: String,
    date: String,
    performance: { type: String, default: null },
    incidents: { type: String, default: null },
    remarks: [Object],
    writtenAt: { type: Date, default: null },
    writtenBy: { type: String, default: null },
    flaggedAt: { type: Date, default: null },
  },
  [{ keys: { classId: 1, date: 1, _id: 1 } }],
);

/** A device that takes attendance without a network and signs what it took. */
export type AttendanceDeviceRow = {
  readonly _id: string;
  readonly classId: string;
  readonly name: string;
  /** Ed25519 public key, SPKI, base64. */
  readonly publicKey: string;
  readonly registeredAt: Date;
  readonly registeredBy: string;
  readonly retiredAt: Date | null;
};

export const attendanceDevices = defineCollection<AttendanceDeviceRow>(
  'attendance_devices',
  {
    classId: String,
    name: String,
    publicKey: String,
    registeredAt: Date,
    registeredBy: String,
    retiredAt: { type: Date, default: null },
  },
  [{ keys: { classId: 1, _id: 1 } }],
);

/** Wrong codes that a trainee entered for a session; its id is `<enrollment>:<session>`. [CRS-50] */
export type CheckInTriesRow = {
  readonly _id: string;
  readonly wrong: number;
  readonly lastAt: Date;
};

/** Long after the session, nobody asks any more. */
const triesKeptSeconds = 30 * 24 * 3600;

export const checkInTries = defineCollection<CheckInTriesRow>(
  'check_in_tries',
  { wrong: Number, lastAt: Date },
  [{ keys: { lastAt: 1 }, expireAfterSeconds: triesKeptSeconds }],
);

/** A batch that was taken; its id is `<device>:<number>`, so that each is taken once. */
export type AttendanceBatchRow = {
  readonly _id: string;
  readonly classId: string;
  readonly contentHash: string;
  readonly takenAt: Date;
};

export const attendanceBatches = defineCollection<AttendanceBatchRow>(
  'attendance_batches',
  { classId: String, contentHash: String, takenAt: Date },
  [{ keys: { classId: 1, _id: 1 } }],
);
