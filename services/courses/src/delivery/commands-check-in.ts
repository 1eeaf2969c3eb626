import { accept, decide, fault } from '@shixun/kernel';
import { defineCommand, notFound } from '@shixun/runtime';
import { z } from 'zod';
import { classes, type TrainingClassRow } from '../projects/store.ts';
import { checkIn, usesTry } from './check-in.ts';
import { addReports } from './commands.ts';
import {
  classHeadScope,
  readTrainee,
  startOf,
  type Trainee,
  traineeScope,
} from './commands-room.ts';
import { codes } from './refusals.ts';
import { codeHolds } from './signing-code.ts';
import { ed25519Key } from './signing-device.ts';
import {
  type AttendanceDeviceRow,
  attendanceDevices,
  type CheckInTriesRow,
  checkInTries,
} from './store-class.ts';

type CheckIn = { readonly enrollmentId: string; readonly sessionId: string; readonly code: string };
type CheckInFacts = Trainee & {
  readonly codeHolds: boolean;
  readonly tries: CheckInTriesRow | null;
};

const triesId = (enrollmentId: string, sessionId: string) => `${enrollmentId}:${sessionId}`;

/** A trainee enters the code on the screen; presence counts from then on. [CRS-50] */
export const checkInCommand = defineCommand<
  CheckIn,
  CheckInFacts,
  { readonly presentMinutes: number; readonly by: string },
  Trainee['enrollment']
>({
  name: 'checkIn',
  input: z.object({
    enrollmentId: z.string(),
    sessionId: z.string(),
    code: z.string().regex(/^\d{6}$/),
  }),
  gather: async ({ enrollmentId, sessionId, code }, unit, { policies, personalDataKey }) => {
    const trainee = await readTrainee(enrollmentId, unit, policies);
    if (trainee === null) return notFound('enrollment', enrollmentId, ['enrollmentId']);
    const room = { classId: trainee.trainingClass._id, sessionId };
    return {
      ...trainee,
      codeHolds: codeHolds(personalDataKey, room, { code, now: unit.now }),
      tries: await unit.findById(checkInTries, triesId(enrollmentId, sessionId)),
    };
  },
  scope: traineeScope,
  decide: ({ sessionId }, facts, asked) => {
    const { trainingClass, participation, standing, codeHolds: holds, tries, policy } = facts;
    const session = trainingClass.sessions.find(({ _id }) => _id === sessionId);
    const decision = checkIn(
      sessionId,
      {
        classState: trainingClass.state,
        session: session && { startsAt: startOf(session), minutes: session.minutes },
        codeHolds: holds,
        wrongTries: tries?.wrong ?? 0,
        wrongTriesMax: policy.figures.checkInTriesMax,
        checkedIn: participation.reports.some(
          (report) => report.source === 'code' && report.sessionId === sessionId,
        ),
        decided: standing !== null,
      },
      asked.now,
    );
    return decision.accepted
      ? accept({ ...decision.outcome, by: asked.caller?.subject ?? '' })
      : decision;
  },
  record: ({ presentMinutes, by }, trainee, unit, { sessionId }) => {
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
    addReports(trainee, [report], unit);
    return trainee.enrollment;
  },
  // Guarded by what was read: of tries at the same moment each counts.
  refused: (faults, { tries }, unit, { enrollmentId, sessionId }) => {
    if (!usesTry(faults)) return;
    const _id = triesId(enrollmentId, sessionId);
    const lastAt = unit.now;
    if (tries === null) unit.insert(checkInTries, { _id, wrong: 1, lastAt });
    else {
      const { wrong } = tries;
      unit.update(checkInTries, { _id, wrong }, { $set: { wrong: wrong + 1, lastAt } });
    }
  },
  stream: ({ trainingClass }) => trainingClass._id,
  policyVersion: ({ policy }) => policy.versionId,
  audited: ({ enrollmentId, sessionId }) => ({ enrollmentId, sessionId }),
});

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
