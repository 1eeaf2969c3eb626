import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { type Decision, startOfDay } from '@shixun/kernel';
import { type BatchFacts, takeBatch } from './attendance-batch.ts';
import { checkIn, usesTry } from './check-in.ts';
import { type CorrectionFacts, correctAttendance } from './correct-attendance.ts';
import { type KnownDay, type LogFacts, missingDays, writeDailyLog } from './daily-log.ts';
import type { Violation } from './participation.ts';
import { codeHolds, shownCode } from './signing-code.ts';
import { ed25519Key, signedBy } from './signing-device.ts';
import { appealViolation, decideViolationAppeal } from './violation.ts';

const codesOf = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
const nine = startOfDay('2026-07-13').getTime() + 9 * 3_600_000;
const after = (seconds: number) => new Date(nine + seconds * 1000);

describe('CRS-50: the code on the screen', () => {
  const secret = Buffer.alloc(32, 7);
  const room = { classId: 'cls_1', sessionId: 'ses_1' };
  const { code, leftMs } = shownCode(secret, room, after(0));
  const holds = (seconds: number, change = {}, given = code) =>
    codeHolds(secret, { ...room, ...change }, { code: given, now: after(seconds) });

  test('holds while it is shown and for one turn more; never before its time', () => {
    expect(leftMs).toBe(30_000);
    expect([holds(0), holds(29), holds(30), holds(59)]).toEqual([true, true, true, true]);
    expect([holds(60), holds(-1)]).toEqual([false, false]);
  });
  test('is of its session and of this service alone', () => {
    expect(holds(0, { sessionId: 'ses_2' })).toBe(false);
    expect(holds(0, { classId: 'cls_2' })).toBe(false);
    expect(codeHolds(Buffer.alloc(32, 8), room, { code, now: after(0) })).toBe(false);
  });

  const facts = {
    classState: 'running',
    session: { startsAt: after(0), minutes: 90 },
    codeHolds: true,
    wrongTries: 0,
    wrongTriesMax: 5,
    checkedIn: false,
    decided: false,
  } as const;
  const enter = (seconds: number, change = {}) =>
    checkIn('ses_1', { ...facts, ...change }, after(seconds));
  test('is taken from a quarter of an hour before the session until its end', () => {
    expect(codesOf(enter(-901))).toEqual(['CODE_NOT_SHOWN']);
    expect(codesOf(enter(-900))).toEqual([]);
    expect(codesOf(enter(5399))).toEqual([]);
    expect(codesOf(enter(5400))).toEqual(['CODE_NOT_SHOWN']);
  });
  test('a wrong code is refused, and a second check-in', () => {
    expect(codesOf(enter(0, { codeHolds: false }))).toEqual(['CODE_WRONG']);
    expect(codesOf(enter(0, { checkedIn: true }))).toEqual(['CHECKED_IN_ALREADY']);
    expect(codesOf(enter(0, { decided: true }))).toEqual(['DECIDED_ALREADY']);
  });
  test('after five wrong ones even the right one is refused; after four it is taken', () => {
    expect(codesOf(enter(0, { wrongTries: 4 }))).toEqual([]);
    expect(codesOf(enter(0, { wrongTries: 4, codeHolds: false }))).toEqual(['CODE_WRONG']);
    expect(codesOf(enter(0, { wrongTries: 5 }))).toEqual(['CHECK_IN_TRIES_USED_UP']);
    expect(codesOf(enter(0, { wrongTries: 5, codeHolds: false }))).toEqual([
      'CHECK_IN_TRIES_USED_UP',
    ]);
    expect(codesOf(enter(-901, { wrongTries: 5 }))).toEqual(['CODE_NOT_SHOWN']);
    const tries = (change: object) => {
      const decision = enter(0, change);
      return !decision.accepted && usesTry(decision.faults);
    };
    expect(tries({ codeHolds: false })).toBe(true);
    expect([tries({ wrongTries: 5 }), tries({ checkedIn: true })]).toEqual([false, false]);
  });
});

describe('CRS-50: a batch of a device without a network', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  test('is signed by the very device, over the very text', () => {
    const signature = sign(null, Buffer.from('text'), privateKey).toString('base64');
    expect(signedBy(spki, 'text', signature)).toBe(true);
    expect(signedBy(spki, 'text.', signature)).toBe(false);
    expect(signedBy(spki, 'text', 'AAAA')).toBe(false);
    expect(ed25519Key('AAAA')).toBeNull();
  });

  const content = {
    classId: 'cls_1',
    deviceId: 'dev_1',
    number: 1,
    sessions: [
      {
        sessionId: 'ses_1',
        takenAt: after(0),
        marks: [{ enrollmentId: 'enr_1', presentMinutes: 90 }],
      },
    ],
    logs: [{ date: '2026-07-13', performance: '良好', incidents: '' }],
  };
  const facts: BatchFacts = {
    classState: 'running',
    deviceKnown: true,
    signed: true,
    content,
    before: 'nothing',
    classId: 'cls_1',
    deviceId: 'dev_1',
    sessions: new Map([['ses_1', { date: '2026-07-13', minutes: 90 }]]),
    trainees: new Set(['enr_1']),
  };
  const take = (change: Partial<BatchFacts> = {}, seconds = 0) =>
    takeBatch({ ...facts, ...change }, after(seconds));
  const marks = (presentMinutes: number, enrollmentId = 'enr_1') => ({
    content: {
      ...content,
      sessions: [
        { sessionId: 'ses_1', takenAt: after(0), marks: [{ enrollmentId, presentMinutes }] },
      ],
    },
  });

  test('is taken once: again with the same content nothing happens, with other content it is refused', () => {
    expect(take()).toMatchObject({ outcome: { repeated: false } });
    expect(take({ before: 'same' })).toMatchObject({ outcome: { repeated: true } });
    expect(codesOf(take({ before: 'other' }))).toEqual(['BATCH_NUMBER_TAKEN']);
  });
  test('of a strange device, unsigned or for another class it is refused', () => {
    expect(codesOf(take({ deviceKnown: false, content: null }))).toEqual([
      'DEVICE_UNKNOWN',
      'BATCH_MALFORMED',
    ]);
    expect(codesOf(take({ signed: false }))).toEqual(['BATCH_SIGNATURE_WRONG']);
    expect(codesOf(take({ classId: 'cls_2' }))).toEqual(['BATCH_MALFORMED']);
  });
  test('weeks later it is taken too; from the future or from before the session it is not', () => {
    expect(codesOf(take({}, 30 * 86_400))).toEqual([]);
    expect(codesOf(take({}, -1))).toEqual(['BATCH_MALFORMED']);
    const early = { ...content, sessions: [{ ...content.sessions[0], takenAt: after(-86_400) }] };
    expect(codesOf(take({ content: early as typeof content }))).toEqual(['BATCH_MALFORMED']);
  });
  test('its minutes lie within the session, of trainees of the class', () => {
    expect(codesOf(take(marks(90)))).toEqual([]);
    expect(codesOf(take(marks(91)))).toEqual(['MINUTES_OUT_OF_RANGE']);
    expect(codesOf(take(marks(90, 'enr_9')))).toEqual(['NOT_A_TRAINEE']);
  });
});

describe('CRS-50: the daily log', () => {
  const facts: LogFacts = {
    classState: 'running',
    sessionsOfDay: 2,
    missingMarks: 0,
    written: false,
  };
  const write = (change: Partial<LogFacts> = {}, today = '2026-07-13') =>
    writeDailyLog({ date: '2026-07-13' }, { ...facts, ...change }, today);
  test('is written on the day or later, once, with the attendance of the day', () => {
    expect(codesOf(write())).toEqual([]);
    expect(codesOf(write({}, '2026-07-20'))).toEqual([]);
    expect(codesOf(write({}, '2026-07-12'))).toEqual(['LOG_NOT_YET']);
    expect(codesOf(write({ missingMarks: 1 }))).toEqual(['LOG_ATTENDANCE_MISSING']);
    expect(codesOf(write({ written: true }))).toEqual(['LOG_WRITTEN_ALREADY']);
    expect(codesOf(write({ sessionsOfDay: 0 }))).toEqual(['NO_TRAINING_DAY']);
  });
  test('a missing day is flagged the next morning: not on the day itself, and each day once', () => {
    const sessions = [{ date: '2026-07-13' }, { date: '2026-07-13' }, { date: '2026-07-14' }];
    const flag = (today: string, known: readonly KnownDay[] = []) =>
      missingDays(sessions, known, today);
    const [first, second] = ['2026-07-13', '2026-07-14'] as const;
    expect(flag(first)).toEqual({ toFlag: [], missing: [] });
    expect(flag(second)).toEqual({ toFlag: [first], missing: [first] });
    expect(flag('2026-07-15')).toEqual({ toFlag: [first, second], missing: [first, second] });
    const flagged = { date: first, writtenAt: null };
    // Flagged already it is still missing; written late it is not.
    expect(flag('2026-07-15', [flagged])).toEqual({ toFlag: [second], missing: [first, second] });
    const written = { ...flagged, writtenAt: new Date('2026-07-14T01:00:00Z') };
    expect(flag('2026-07-15', [written])).toEqual({ toFlag: [second], missing: [second] });
    // A day that is no training day any more misses nothing.
    const moved = { date: '2026-07-12', writtenAt: null };
    expect(flag(second, [moved, written])).toEqual({ toFlag: [], missing: [] });
  });
});

describe('CRS-50: a correction', () => {
  const facts: CorrectionFacts = {
    classState: 'closing',
    session: { minutes: 90 },
    presentMinutes: 90,
  };
  const correct = (presentMinutes: number, change: Partial<CorrectionFacts> = {}) =>
    correctAttendance(
      { enrollmentId: 'enr_1', sessionId: 'ses_1', presentMinutes, reason: '核对签到表' },
      { ...facts, ...change },
    );
  test('changes a figure that was recorded, within the session, until the class is archived', () => {
    expect(codesOf(correct(89))).toEqual([]);
    expect(codesOf(correct(90))).toEqual(['NOTHING_TO_CORRECT']);
    expect(codesOf(correct(91))).toEqual(['MINUTES_OUT_OF_RANGE']);
    expect(codesOf(correct(0, { presentMinutes: undefined }))).toEqual(['NOTHING_TO_CORRECT']);
    expect(codesOf(correct(89, { classState: 'closed' }))).toEqual(['CLASS_NOT_RUNNING']);
  });
});

describe('CRS-53: an appeal against a violation', () => {
  const violation: Violation = {
    evidence: '代签',
    recordedAt: after(0),
    recordedBy: 'trn_1',
    appeal: null,
  };
  const asked = {
    reason: '本人在场',
    askedAt: after(0),
    upheld: null,
    remark: null,
    decidedAt: null,
    decidedBy: null,
  };
  test('is made once, and only where a violation is recorded', () => {
    expect(codesOf(appealViolation({}, { violation }))).toEqual([]);
    expect(codesOf(appealViolation({}, { violation: null }))).toEqual(['NO_VIOLATION']);
    const again = { ...violation, appeal: { ...asked, upheld: false } };
    expect(codesOf(appealViolation({}, { violation: again }))).toEqual(['APPEALED_ALREADY']);
  });
  test('is decided once', () => {
    const open = { ...violation, appeal: asked };
    expect(codesOf(decideViolationAppeal({}, { violation: open }))).toEqual([]);
    expect(codesOf(decideViolationAppeal({}, { violation }))).toEqual(['NO_APPEAL_OPEN']);
    const decided = { ...violation, appeal: { ...asked, upheld: true } };
    expect(codesOf(decideViolationAppeal({}, { violation: decided }))).toEqual(['NO_APPEAL_OPEN']);
  });
});
