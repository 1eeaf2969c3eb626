import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { choose, type Trainee } from '@shixun/infra/story/choosing';
import { type Published, plan } from '@shixun/infra/story/planning';
import {
  type Actor,
  type Answered,
  ask,
  attempt,
  command,
  eventually,
} from '@shixun/infra/story/world';
import { startTestPlatform, type TestPlatform } from './platform.ts';

let platform: TestPlatform;
let published: Published;
let trainees: readonly Trainee[];
type Session = {
  readonly id: string;
  readonly date: string;
  readonly startMinute: number;
  readonly minutes: number;
};
let sessions: readonly Session[];

beforeAll(async () => {
  platform = await startTestPlatform({ kafka: true });
});
afterAll(async () => {
  await platform?.close();
});

const instantOf = ({ date, startMinute }: Session) =>
  new Date(Date.parse(`${date}T00:00:00+08:00`) + startMinute * 60_000);

/** Sets the clock to an instant that is still to come. */
async function until(instant: Date): Promise<void> {
  const { world } = platform;
  const ahead = instant.getTime() - (await world.now()).getTime();
  await world.advance(ahead / (24 * 3_600_000));
}

function at<Thing>(things: readonly Thing[], index: number): Thing {
  const thing = things.at(index);
  if (thing === undefined) throw new Error(`there is no ${index}`);
  return thing;
}

async function hoursOf(teacher: Actor): Promise<string> {
  const asked = { id: teacher.id, year: published.year };
  const answer = await ask(platform.world, teacher, 'CreditStanding', asked);
  return answer.teacher.creditStanding.hours;
}

const put = (url: string, body: Buffer) =>
  fetch(`${platform.world.gatewayUrl.replace(/\/graphql$/, '')}${url}`, {
    method: 'PUT',
    body: new Uint8Array(body),
    headers: { 'content-type': 'application/octet-stream' },
  });

/** The least that is a PDF by its content. */
const pdf = (text: string) => Buffer.from(`%PDF-1.4\n%${text}\n%%EOF\n`);

test('CRS-50: a class begins: a code on the screen, a scanned sheet copied, and what is no scan refused', async () => {
  const { world } = platform;
  const { bureau, classHead } = world.cast;
  published = await plan(world, '班级管理全过程研修');
  trainees = await choose(world, published);
  const { classId, projectId } = published;
  const seen = await ask(world, classHead, 'ClassRegister', { classId });
  sessions = seen.trainingClass.sessions;
  const first = at(sessions, 0);
  await until(new Date(instantOf(first).getTime() + 10 * 60_000 - 30_000));
  await command(world, bureau, 'StartProject', { projectId });
  const { enrollmentId, teacher } = at(trainees, 0);
  const shown = await ask(world, classHead, 'AttendanceCode', { classId, sessionId: first.id });
  const input = { enrollmentId, sessionId: first.id };
  const wrong = await attempt(world, teacher, 'CheckIn', { ...input, code: '000000' });
  const { code } = shown.attendanceCode;
  if (code !== '000000') expect(wrong.refusals[0].code).toBe('CODE_WRONG');
  const { enrollment } = await command(world, teacher, 'CheckIn', { ...input, code });
  expect(enrollment.attendance.presentMinutes).toBeLessThan(first.minutes);
  const again = await attempt(world, teacher, 'CheckIn', { ...input, code });
  expect(again.refusals.map((each: Answered) => each.code)).toContain('CHECKED_IN_ALREADY');

  const prepare = () =>
    command(world, classHead, 'PrepareUpload', { purpose: 'SHEET', aboutId: classId });
  const exe = (await prepare()).upload;
  expect((await put(exe.uploadUrl, Buffer.from('MZ this is no scan'))).status).toBe(422);
  const { upload } = await prepare();
  expect((await put(upload.uploadUrl.replace('signature=', 'signature=x'), pdf('x'))).status).toBe(
    403,
  );
  const content = pdf('签到表');
  expect((await put(upload.uploadUrl, content)).status).toBe(201);
  expect((await put(upload.uploadUrl, content)).status).toBe(409);
  const { upload: there } = await ask(world, classHead, 'Upload', { id: upload.id });
  expect(there).toMatchObject({
    state: 'THERE',
    contentType: 'application/pdf',
    contentHash: createHash('sha256').update(content).digest('hex'),
  });
  await command(world, classHead, 'RecordAttendance', {
    classId,
    sessionId: first.id,
    sheetUploadId: upload.id,
    marks: trainees.map((each) => ({
      enrollmentId: each.enrollmentId,
      presentMinutes: first.minutes,
    })),
  });
});

test('CRS-50, CRS-59: the other days come later, signed by a device; a missing log is a finding of the bureau', async () => {
  const { world } = platform;
  const { classHead } = world.cast;
  const { classId } = published;
  const days = [...new Set(sessions.map(({ date }) => date))];
  const last = at(sessions, -1);
  await until(new Date(instantOf(last).getTime() + 24 * 3_600_000));
  const duties = await ask(world, classHead, 'MyDuties', { role: 'ClassHead', lateOnly: true });
  expect(duties.myDuties.lateCount).toBeGreaterThanOrEqual(days.length - 1);
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { device } = await command(world, classHead, 'RegisterAttendanceDevice', {
    classId,
    name: '教室平板',
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  });
  const send = (number: number, part: readonly Session[], dates: readonly string[]) => {
    const content = JSON.stringify({
      classId,
      deviceId: device.id,
      number,
      sessions: part.map((session) => ({
        sessionId: session.id,
        takenAt: instantOf(session).toISOString(),
        marks: trainees.map(({ enrollmentId }) => ({
          enrollmentId,
          presentMinutes: session.minutes,
        })),
      })),
      logs: dates.map((date) => ({ date, performance: '按计划完成', incidents: '' })),
    });
    const signature = sign(null, Buffer.from(content), privateKey).toString('base64');
    return attempt(world, classHead, 'SendAttendanceBatch', {
      classId,
      deviceId: device.id,
      content,
      signature,
    });
  };
  const half = sessions.length / 2;
  // The later part first, and once more: in any order, each once.
  for (const number of [2, 1, 2]) {
    const part = number === 2 ? sessions.slice(half) : sessions.slice(0, half);
    const { refusals } = await send(number, part, number === 2 ? days : []);
    expect(refusals).toEqual([]);
  }
  const left = await ask(world, classHead, 'MyDuties', { role: 'ClassHead' });
  const kinds = left.myDuties.edges.map(({ node }: Answered) => node.kind);
  expect(kinds).not.toContain('WRITE_LOG');
  expect(kinds).not.toContain('TAKE_ATTENDANCE');
});

test('CRS-55, CRD-03: completed with credits; a correction takes them back and gives the new ones, and the ledger follows', async () => {
  const { world } = platform;
  const { bureau, classHead } = world.cast;
  const { classId, projectId, modules } = published;
  for (const { teacher, enrollmentId } of trainees) {
    for (const { id: moduleId } of modules) {
      const text = '学习成果';
      await command(world, teacher, 'SubmitHomework', { enrollmentId, moduleId, text });
      const review = { enrollmentId, moduleId, accepted: true };
      await command(world, classHead, 'ReviewHomework', review);
    }
    const result = { enrollmentId, passed: true, scoreCenti: 9000 };
    await command(world, classHead, 'RecordCompletionAssessment', result);
  }
  await command(world, bureau, 'CloseProject', { projectId });
  await command(world, classHead, 'DecideCompletions', { classId });
  const { teacher, enrollmentId } = at(trainees, 0);
  await eventually('90 hours are credited', async () => (await hoursOf(teacher)) === '90.00');
  const before = await ask(world, teacher, 'CompletionProof', { enrollmentId });
  expect(before.enrollment.completion.proof).toMatchObject({ rule: 'CRS-55', met: true });

  const correct = (session: Session) =>
    command(world, classHead, 'CorrectAttendance', {
      enrollmentId,
      sessionId: session.id,
      presentMinutes: 0,
      reason: '核对原始签到表',
    });
  await correct(at(sessions, 5));
  await eventually('87 hours are credited', async () => (await hoursOf(teacher)) === '87.00');
  // Six of thirty is exactly a fifth; a seventh is more.
  for (const n of [6, 7, 8, 9, 10]) await correct(at(sessions, n));
  await eventually('72 hours are credited', async () => (await hoursOf(teacher)) === '72.00');
  const seventh = await correct(at(sessions, 11));
  expect(seventh.enrollment.completion.state).toBe('REFUSED');
  await eventually('nothing is credited', async () => (await hoursOf(teacher)) === '0.00');
  const proof = await ask(world, teacher, 'CompletionProof', { enrollmentId });
  const [absence] = proof.enrollment.completion.proof.parts;
  expect(absence).toMatchObject({ rule: 'CRS-52', met: false });
  expect(absence.parts).toHaveLength(7);
});

test('CRS-54, CRS-57: the school reads of it in its inbox, and the archive has all of it', async () => {
  const { world } = platform;
  const { bureau } = world.cast;
  const { projectId } = published;
  const { teacher } = at(trainees, 0);
  const inbox = await eventually('the trainee is told', async () => {
    const recipient = { kind: 'TEACHER', id: teacher.id };
    const { inbox: answer } = await ask(world, teacher, 'Inbox', { recipient, first: 50 });
    const codes = answer.notices.edges.map(({ node }: Answered) => node.code);
    return codes.includes('NOT_COMPLETED') && codes;
  });
  expect(inbox).toContain('DECIDED_ANEW');
  const { traineeArchives } = await ask(world, bureau, 'TraineeArchives', { projectId });
  expect(traineeArchives.edges).toHaveLength(trainees.length);
  expect(traineeArchives.csv.trim().split('\r\n')).toHaveLength(trainees.length + 1);
});
