/** What comes late, and what comes too often: decided anew, or refused with its reason. [CRS-50, CRS-52, CRS-55, CRS-56] */
import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { courses as told } from '@shixun/contracts';
import { completions } from '../completion/store.ts';
import { uploads } from '../uploads/store.ts';
import { codesOf, head, institution, nine, RealClass, teacher } from './real-class.example.ts';
import { checkInTries } from './store-class.ts';

const keys = generateKeyPairSync('ed25519');
let room: RealClass;
let deviceId: string;
beforeAll(async () => {
  room = await RealClass.open(4, { assessmentRequired: true });
  const publicKey = keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const { device } = await room.courses.give<{ device: { id: string } }>(
    head,
    'registerAttendanceDevice',
    { classId: room.classId, name: '平板', publicKey },
    'device { id }',
  );
  deviceId = device.id;
});
afterAll(() => room.courses.close());

const code = async (n: number) => {
  const asked = `{ attendanceCode(classId: "${room.classId}", sessionId: "ses_${n}") { code } }`;
  type Code = { attendanceCode: { code: string } };
  return (await room.courses.ask<Code>(head, asked)).attendanceCode.code;
};
const enter = (n: number, given: string, sessionId = 'ses_1') =>
  room.about(teacher(n), 'checkIn', n, { sessionId, code: given });
/** What the device took on the fifth day, later with every number. */
const batch = (number: number, minutes: Readonly<Record<string, number>>) => {
  const { classId } = room;
  const takenAt = nine(5, 820 + number).toISOString();
  const marks = Object.entries(minutes).map(([enrollmentId, presentMinutes]) => ({
    enrollmentId,
    presentMinutes,
  }));
  const sessions = [{ sessionId: 'ses_5', takenAt, marks }];
  const content = JSON.stringify({ classId, deviceId, number, sessions, logs: [] });
  const signature = sign(null, Buffer.from(content), keys.privateKey).toString('base64');
  const input = { classId, deviceId, content, signature };
  return room.courses.give(head, 'sendAttendanceBatch', input, 'trainingClass { id }');
};
const other = (right: string) => String((Number(right) + 1) % 1_000_000).padStart(6, '0');
const withdrawn = async () => (await room.courses.told(told.completionWithdrawn)).length;
const completed = async (n: number) => {
  const filter = { enrollmentId: `enr_${n}` };
  const rows = await room.courses.db.model(completions).find(filter).sort({ _id: 1 }).lean();
  return rows.map(({ state }) => state);
};

test('CRS-50: after four wrong codes the right one is taken; after five it is not, and the next session begins anew', async () => {
  room.courses.now = nine(1, 5);
  const right = await code(1);
  for (let tries = 0; tries < 4; tries += 1) {
    for (const n of [1, 2]) expect(codesOf(await enter(n, other(right)))).toEqual(['CODE_WRONG']);
  }
  expect(codesOf(await enter(1, right))).toEqual([]);
  expect(codesOf(await enter(2, other(right)))).toEqual(['CODE_WRONG']);
  const { refusals } = await enter(2, right);
  expect(refusals).toMatchObject([
    { code: 'CHECK_IN_TRIES_USED_UP', rule: 'CRS-50', required: '5', actual: '5' },
  ]);
  // The class head's list is still open to the trainee.
  expect(codesOf(await room.take(1, [810, 810, 810, 810]))).toEqual([]);
  room.courses.now = nine(2, 5);
  expect(codesOf(await enter(2, await code(2), 'ses_2'))).toEqual([]);
});

test('CRS-50: wrong codes at the same moment are each counted; the same request again is not', async () => {
  room.courses.now = nine(2, 6);
  const right = await code(2);
  const input = { enrollmentId: 'enr_3', sessionId: 'ses_2', code: other(right) };
  const again = { idempotencyKey: 'the-very-same-request', ...input };
  for (let n = 0; n < 3; n += 1) {
    await room.courses.give(teacher(3), 'checkIn', again, 'enrollment { id }');
  }
  const tries = room.courses.db.model(checkInTries);
  expect(await tries.findById('enr_3:ses_2').lean()).toMatchObject({ wrong: 1 });
  const answers = await Promise.all(
    Array.from({ length: 7 }, () => enter(3, other(right), 'ses_2')),
  );
  const refused = answers.flatMap(codesOf).sort();
  expect(refused).toEqual([
    ...Array(3).fill('CHECK_IN_TRIES_USED_UP'),
    ...Array(4).fill('CODE_WRONG'),
  ]);
  expect(codesOf(await enter(3, right, 'ses_2'))).toEqual(['CHECK_IN_TRIES_USED_UP']);
});

test('CRS-52: warned at half, at four fifths, at the limit and above it, not a minute before, each once', async () => {
  const warned = async () => {
    const codes = ['ABSENCE_NEARS_LIMIT', 'ABSENCE_AT_LIMIT', 'ABSENCE_ABOVE_LIMIT'];
    const all = await Promise.all(codes.map((each) => room.notices(each)));
    return all.map(
      (notices) => notices.filter(({ recipientId }) => recipientId === 'tch_4').length,
    );
  };
  room.courses.now = nine(2, 900);
  await room.take(2, [810, 810, 810, 810 - 404]);
  const seen = [await warned()];
  let minute = 900;
  /** 404 of the day before, and the rest on the third: taken again and again. */
  const missing = async (missed: number) => {
    minute += 1;
    room.courses.now = nine(3, minute);
    await room.take(3, [810, 810, 810, 810 - (missed - 404)]);
  };
  for (const missed of [405, 647, 648, 809, 810, 811]) {
    await missing(missed);
    seen.push(await warned());
  }
  expect(seen).toEqual([
    [0, 0, 0],
    [1, 0, 0],
    [1, 0, 0],
    [2, 0, 0],
    [2, 0, 0],
    [2, 1, 0],
    [2, 1, 1],
  ]);
  expect(await room.notices('ABSENCE_ABOVE_LIMIT')).toMatchObject([
    { recipientId: 'tch_4', figures: { used: 811, limit: 810, left: 0 } },
    { recipientId: 'trn_head' },
  ]);
  for (const missed of [810, 811]) await missing(missed);
  expect(await warned()).toEqual([2, 1, 1]);
});

test('CRS-55: homework accepted after the decision, and an assessment corrected with a reason, are decided anew', async () => {
  room.courses.now = nine(5, 900);
  await room.take(4, [810, 810, 810, 810]);
  await room.take(5, [810, 810]);
  expect(codesOf(await batch(1, { enr_3: 810, enr_4: 810 }))).toEqual([]);
  for (const n of [1, 2, 3, 4]) {
    await room.handIn(n, n === 1 ? null : true);
    const result = { passed: n !== 2, scoreCenti: n === 2 ? 5900 : 9000 };
    await room.about(head, 'recordCompletionAssessment', n, result);
  }
  await room.setState('closing');
  expect(codesOf(await room.decide())).toEqual([]);
  expect(await Promise.all([1, 2, 3, 4].map(completed))).toEqual([
    ['refused'],
    ['refused'],
    ['confirmed'],
    ['refused'],
  ]);
  const before = await withdrawn();
  const late = { moduleId: 'mod_1', accepted: true };
  const reviewed = await room.about(head, 'reviewHomework', 1, late);
  expect(reviewed.enrollment?.completion).toEqual({ state: 'CONFIRMED', hours: '90.00' });
  expect(await completed(1)).toEqual(['withdrawn', 'confirmed']);
  // Accepted homework is not handed in again, decided or not.
  const again = await room.about(teacher(1), 'submitHomework', 1, {
    moduleId: 'mod_1',
    text: '再',
  });
  expect(codesOf(again)).toEqual(['HOMEWORK_ACCEPTED_ALREADY']);

  const passed = { passed: true, scoreCenti: 6000 };
  const mute = await room.about(head, 'recordCompletionAssessment', 2, passed);
  expect(codesOf(mute)).toEqual(['DECIDED_ALREADY']);
  const reason = '补考通过';
  await room.about(head, 'recordCompletionAssessment', 2, { ...passed, reason });
  expect(await completed(2)).toEqual(['withdrawn', 'confirmed']);
  expect(await withdrawn()).toBe(before + 2);
});

test('CRS-50, CRS-55: a device’s batch that arrives after the decision decides anew; once the class is archived all is refused', async () => {
  room.courses.now = nine(8);
  const before = await withdrawn();
  expect(codesOf(await batch(2, { enr_3: 765 }))).toEqual([]);
  expect(await completed(3)).toEqual(['withdrawn', 'confirmed']);
  const confirmed = await room.courses.told(told.completionConfirmed);
  expect(confirmed.at(-1)).toMatchObject({ enrollmentId: 'enr_3', hoursCenti: 89_00 });
  // The same batch once more changes nothing.
  expect(codesOf(await batch(2, { enr_3: 765 }))).toEqual([]);
  expect(await withdrawn()).toBe(before + 1);

  await room.setState('closed');
  expect(codesOf(await batch(3, { enr_3: 0 }))).toEqual(['CLASS_NOT_RUNNING']);
  const tooLate = { sessionId: 'ses_5', presentMinutes: 0, reason: '核对' };
  for (const refused of [
    await room.about(head, 'correctAttendance', 3, tooLate),
    await room.about(teacher(4), 'submitHomework', 4, { moduleId: 'mod_1', text: '补交' }),
    await room.about(head, 'reviewHomework', 4, { moduleId: 'mod_1', accepted: true }),
    await room.about(head, 'recordCompletionAssessment', 4, {
      passed: true,
      scoreCenti: 9000,
      reason: '补考',
    }),
  ]) {
    expect(codesOf(refused)).toContain('CLASS_NOT_RUNNING');
  }
  expect(await withdrawn()).toBe(before + 1);
});

test('CRS-56: a result that is reviewed after the decision is seen in its proof at once, and withdraws nothing', async () => {
  const file = { key: 'k', bytes: 1, contentHash: 'late', contentType: 'video/mp4' };
  await room.courses.db.model(uploads).create({
    _id: 'upl_late',
    purpose: 'result',
    aboutId: 'enr_1',
    ownerId: 'tch_1',
    state: 'there',
    file,
    createdAt: room.courses.now,
  });
  const about = { title: '整本书阅读微课', stage: 'JUNIOR', subject: 'chinese' };
  const handed = { ...about, enrollmentId: 'enr_1', uploadId: 'upl_late' };
  const { result } = await room.courses.give<{ result: { id: string } }>(
    teacher(1),
    'submitResult',
    { ...handed, kind: 'MICRO_LESSON', licence: 'CC_BY' },
    'result { id }',
  );
  type Proof = { met: boolean; parts: readonly { rule: string; actual: string }[] };
  const shown = async () => {
    const asked =
      '{ enrollment(id: "enr_1") { completion { proof { met parts { rule actual } } } } }';
    type Asked = { enrollment: { completion: { proof: Proof } } };
    const { proof } = (await room.courses.ask<Asked>(teacher(1), asked)).enrollment.completion;
    return { met: proof.met, results: proof.parts.filter(({ rule }) => rule === 'CRS-56') };
  };
  const seen = (actual: string) => ({ met: true, results: [{ rule: 'CRS-56', actual }] });
  expect(await shown()).toEqual(seen('0 of 1 graded'));
  const before = await withdrawn();
  const grade = { resultId: result.id, grade: 'GOOD' };
  expect(
    codesOf(await room.courses.give(institution, 'gradeResult', grade, 'result { id }')),
  ).toEqual([]);
  expect(await shown()).toEqual(seen('1 of 1 graded'));
  expect(await withdrawn()).toBe(before);
});
