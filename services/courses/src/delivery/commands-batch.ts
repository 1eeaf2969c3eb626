import { createHash } from 'node:crypto';
import { accept } from '@shixun/kernel';
import { defineCommand, notFound, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { classes, type TrainingClassRow } from '../projects/store.ts';
import { type BatchContent, type BatchFacts, takeBatch } from './attendance-batch.ts';
import { addReports, marksMax } from './commands.ts';
import { writeLog } from './commands-log.ts';
import { classHeadScope, readTrainees, type Trainee } from './commands-room.ts';
import type { AttendanceReport } from './participation.ts';
import { signedBy } from './signing-device.ts';
import {
  attendanceBatches,
  attendanceDevices,
  type ClassLogRow,
  classLogs,
} from './store-class.ts';

const text = z.string().trim().max(2000);

/** The very text that the device signed, as JSON. */
const batchContent = z.strictObject({
  classId: z.string(),
  deviceId: z.string(),
  number: z.int().min(1).max(1_000_000),
  sessions: z
    .array(
      z.strictObject({
        sessionId: z.string(),
        takenAt: z.iso.datetime().transform((taken) => new Date(taken)),
        marks: z
          .array(z.strictObject({ enrollmentId: z.string(), presentMinutes: z.int() }))
          .min(1)
          .max(marksMax),
      }),
    )
    .max(50),
  logs: z
    .array(z.strictObject({ date: z.iso.date(), performance: text.min(1), incidents: text }))
    .max(50),
});

type Send = {
  readonly classId: string;
  readonly deviceId: string;
  readonly content: string;
  readonly signature: string;
};

type Facts = BatchFacts & {
  readonly trainingClass: TrainingClassRow;
  readonly records: ReadonlyMap<string, Trainee>;
  readonly logs: readonly ClassLogRow[];
  readonly contentHash: string;
};

type Outcome = {
  readonly content: BatchContent;
  readonly repeated: boolean;
  readonly by: string;
};

/** What a device took without a network, sent later: signed by it, taken once, in any order. [CRS-50] */
export const sendAttendanceBatchCommand = defineCommand<Send, Facts, Outcome, TrainingClassRow>({
  name: 'sendAttendanceBatch',
  input: z.object({
    classId: z.string(),
    deviceId: z.string(),
    content: z.string().min(2).max(500_000),
    signature: z.string().max(200),
  }),
  gather: async (input, unit, { policies }) => {
    const { classId, deviceId, signature } = input;
    const trainingClass = await unit.findById(classes, classId);
    if (trainingClass === null) return notFound('class', classId, ['classId']);
    const device = await unit.findById(attendanceDevices, deviceId);
    const deviceKnown = device !== null && device.classId === classId && device.retiredAt === null;
    const signed = deviceKnown && signedBy(device.publicKey, input.content, signature);
    const content = signed ? contentOf(input.content) : null;
    const ids = content?.sessions.flatMap(({ marks }) => marks.map((mark) => mark.enrollmentId));
    const records = await readTrainees(trainingClass, [...new Set(ids)], { unit, policies });
    const contentHash = createHash('sha256').update(input.content).digest('hex');
    const known = content && (await unit.findById(attendanceBatches, batchId(content)));
    return {
      trainingClass,
      classState: trainingClass.state,
      classId,
      deviceId,
      deviceKnown,
      signed,
      content,
      contentHash,
      before: !known ? 'nothing' : known.contentHash === contentHash ? 'same' : 'other',
      sessions: new Map(trainingClass.sessions.map((session) => [session._id, session])),
      trainees: new Set(records.keys()),
      records,
      logs: content ? await unit.find(classLogs, { classId }) : [],
    };
  },
  scope: classHeadScope,
  decide: (_input, facts, { now, caller }) => {
    const decision = takeBatch(facts, now);
    return decision.accepted
      ? accept({ ...decision.outcome, by: caller?.subject ?? '' })
      : decision;
  },
  record: ({ content, repeated, by }, facts, unit) => {
    const { trainingClass, contentHash } = facts;
    if (repeated) return trainingClass;
    const { classId } = content;
    unit.insert(attendanceBatches, {
      _id: batchId(content),
      classId,
      contentHash,
      takenAt: unit.now,
    });
    for (const [enrollmentId, reports] of reportsOf(content, by, unit)) {
      const trainee = facts.records.get(enrollmentId);
      if (trainee) addReports(trainee, reports, unit);
    }
    for (const log of content.logs) {
      const known = facts.logs.find(({ date }) => date === log.date);
      if (!known?.writtenAt) writeLog({ ...log, classId, remarks: [] }, { known, by }, unit);
    }
    return trainingClass;
  },
  stream: ({ trainingClass }) => trainingClass._id,
  audited: ({ classId, deviceId, signature }) => ({ classId, deviceId, signature }),
});

function contentOf(text: string): BatchContent | null {
  try {
    return batchContent.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function batchId({ deviceId, number }: BatchContent): string {
  return `${deviceId}:${number}`;
}

function reportsOf(
  content: BatchContent,
  recordedBy: string,
  { now }: Unit,
): ReadonlyMap<string, readonly AttendanceReport[]> {
  const all = content.sessions.flatMap(({ sessionId, takenAt, marks }) =>
    marks.map(({ enrollmentId, presentMinutes }) => ({
      enrollmentId,
      report: {
        sessionId,
        source: 'device',
        presentMinutes,
        takenAt,
        recordedAt: now,
        recordedBy,
        evidence: batchId(content),
        reason: null,
      } satisfies AttendanceReport,
    })),
  );
  const grouped = Map.groupBy(all, ({ enrollmentId }) => enrollmentId);
  return new Map([...grouped].map(([id, each]) => [id, each.map(({ report }) => report)]));
}
