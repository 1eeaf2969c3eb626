import { accept, decide, fault } from '@shixun/kernel';
import { defineCommand, defineGroupedCommand, notFound, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import type { EnrollmentRow } from '../enrollment/store.ts';
import { classes, type TrainingClassRow } from '../projects/store.ts';
import { withReports } from './attendance-sources.ts';
import { type CheckInFacts, checkIn, usesTry } from './check-in.ts';
import { classHeadScope, startOf, traineeScope } from './commands-room.ts';
import {
  changeFellow,
  type Fellow,
  fellowOf,
  readTogether,
  saveTogether,
  type Together,
} from './commands-together.ts';
import { codes } from './refusals.ts';
import { type CodeRoom, codeHolds } from './signing-code.ts';
import { ed25519Key } from './signing-device.ts';
import {
  type AttendanceDeviceRow,
  attendanceDevices,
  type CheckInTriesRow,
  checkInTries,
} from './store-class.ts';

type CheckIn = { readonly enrollmentId: string; readonly sessionId: string; readonly code: string };
type Tries = { readonly wrong: number; readonly before: CheckInTriesRow | undefined };
type CheckInBatch = Together & {
  readonly tries: Map<string, Tries>;
  readonly codeHolds: (room: CodeRoom, code: string) => boolean;
};

const triesId = ({ enrollmentId, sessionId }: Omit<CheckIn, 'code'>) =>
  `${enrollmentId}:${sessionId}`;

/** A trainee enters the code on the screen; presence counts from then on. At nine everybody does. [CRS-50] */
export const checkInCommand = defineGroupedCommand<
  CheckIn,
  CheckInBatch,
  Fellow<CheckInBatch>,
  { readonly presentMinutes: number; readonly by: string },
  EnrollmentRow
>({
  name: 'checkIn',
  input: z.object({
    enrollmentId: z.string(),
    sessionId: z.string(),
    code: z.string().regex(/^\d{6}$/),
  }),
  owner: ({ sessionId }) => sessionId,
  gatherAll: async (inputs, unit, { policies, personalDataKey }) => {
    const ids = [...new Set(inputs.map(triesId))];
    const known = await unit.findHot(checkInTries, ids);
    return {
      ...(await readTogether(inputs, unit, policies)),
      tries: new Map(known.map((row) => [row._id, { wrong: row.wrong, before: row }])),
      codeHolds: (room, code) => codeHolds(personalDataKey, room, { code, now: unit.now }),
    };
  },
  facts: ({ enrollmentId }, batch) => fellowOf(enrollmentId, batch),
  scope: traineeScope,
  decide: (input, facts, { now, caller }) => {
    const decision = checkIn(input.sessionId, checkInFacts(input, facts), now);
    return decision.accepted
      ? accept({ ...decision.outcome, by: caller?.subject ?? '' })
      : decision;
  },
  record: ({ presentMinutes, by }, fellow, unit, { input: { sessionId } }) => {
    const report = {
      sessionId,
      source: 'code' as const,
      presentMinutes,
      takenAt: unit.now,
      recordedAt: unit.now,
      recordedBy: by,
      evidence: null,
      reason: null,
    };
    return changeFellow(fellow, withReports(fellow.participation, [report]), unit);
  },
  // Each counts, of several in one batch too.
  refused: (faults, { batch: { tries } }, _unit, input) => {
    if (!usesTry(faults)) return;
    const known = tries.get(triesId(input));
    tries.set(triesId(input), { wrong: (known?.wrong ?? 0) + 1, before: known?.before });
  },
  save: (batch, unit) => {
    saveTogether(batch, unit);
    saveTries(batch, unit);
  },
  stream: ({ trainingClass }) => trainingClass._id,
  policyVersion: ({ policy }) => policy.versionId,
  audited: ({ enrollmentId, sessionId }) => ({ enrollmentId, sessionId }),
});

function checkInFacts(input: CheckIn, fellow: Fellow<CheckInBatch>): CheckInFacts {
  const { batch, enrollment, trainingClass, participation, policy } = fellow;
  const { sessionId, code } = input;
  const session = trainingClass.sessions.find(({ _id }) => _id === sessionId);
  return {
    classState: trainingClass.state,
    session: session && { startsAt: startOf(session), minutes: session.minutes },
    codeHolds: batch.codeHolds({ classId: trainingClass._id, sessionId }, code),
    wrongTries: batch.tries.get(triesId(input))?.wrong ?? 0,
    wrongTriesMax: policy.figures.checkInTriesMax,
    checkedIn: participation.reports.some(
      (report) => report.source === 'code' && report.sessionId === sessionId,
    ),
    decided: enrollment.done,
  };
}

/** Guarded by what was read: of tries at the same moment on two replicas each counts. */
function saveTries({ tries }: CheckInBatch, unit: Unit): void {
  const lastAt = unit.now;
  for (const [_id, { wrong, before }] of tries) {
    if (before === undefined) unit.insert(checkInTries, { _id, wrong, lastAt });
    else if (wrong !== before.wrong) {
      unit.update(checkInTries, { _id, wrong: before.wrong }, { $set: { wrong, lastAt } });
    }
  }
}

type Register = { readonly classId: string; readonly name: string; readonly publicKey: string };
type ClassFacts = { readonly trainingClass: TrainingClassRow };

/** The class head registers the key of a device that works offline. [CRS-50] */
export const registerAttendanceDeviceCommand = defineCommand<
  Register,
  ClassFacts & { readonly keyHolds: boolean },
  Register & { readonly by: string },
  AttendanceDeviceRow
>({
  name: 'registerAttendanceDevice',
  input: z.object({
    classId: z.string(),
    name: z.string().trim().min(1).max(100),
    publicKey: z.string().min(1).max(500),
  }),
  gather: async ({ classId, publicKey }, unit) => {
    const trainingClass = await unit.findById(classes, classId);
    if (trainingClass === null) return notFound('class', classId, ['classId']);
    return { trainingClass, keyHolds: ed25519Key(publicKey) !== null };
  },
  scope: classHeadScope,
  decide: (input, { keyHolds }, { caller }) =>
    decide(keyHolds ? [] : [fault(codes.DEVICE_KEY_MALFORMED, ['publicKey'])], () => ({
      ...input,
      by: caller?.subject ?? '',
    })),
  record: ({ classId, name, publicKey, by }, _facts, unit) => {
    const row: AttendanceDeviceRow = {
      _id: unit.newId('attendanceDevice'),
      classId,
      name,
      publicKey,
      registeredAt: unit.now,
      registeredBy: by,
      retiredAt: null,
    };
    unit.insert(attendanceDevices, row);
    return row;
  },
  stream: ({ trainingClass }) => trainingClass._id,
});

/** A device is retired: what it sends from now on is refused; what it sent stays. [CRS-50] */
export const retireAttendanceDeviceCommand = defineCommand<
  { readonly deviceId: string },
  ClassFacts & { readonly device: AttendanceDeviceRow },
  null,
  AttendanceDeviceRow
>({
  name: 'retireAttendanceDevice',
  input: z.object({ deviceId: z.string() }),
  gather: async ({ deviceId }, unit) => {
    const device = await unit.findById(attendanceDevices, deviceId);
    const trainingClass = device && (await unit.findById(classes, device.classId));
    if (!device || !trainingClass) return notFound('attendanceDevice', deviceId, ['deviceId']);
    return { device, trainingClass };
  },
  scope: classHeadScope,
  decide: (_input, { device }) =>
    decide(
      device.retiredAt === null ? [] : [fault(codes.DEVICE_UNKNOWN, ['deviceId'])],
      () => null,
    ),
  record: (_outcome, { device }, unit) => {
    unit.update(
      attendanceDevices,
      { _id: device._id, retiredAt: null },
      { $set: { retiredAt: unit.now } },
    );
    return { ...device, retiredAt: unit.now };
  },
  stream: ({ trainingClass }) => trainingClass._id,
});
