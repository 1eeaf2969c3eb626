import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { courses as told } from '@shixun/contracts';
import type { Caller } from '@shixun/runtime';
import { completions } from '../completion/store.ts';
import type { RealCourses } from '../real-courses.example.ts';
import { missingLogsChore } from './commands-log.ts';
import { codesOf, day, head, nine, RealClass, teacher } from './real-class.example.ts';

let room: RealClass;
let courses: RealCourses;
let classId: string;
let projectId: string;
const bureau: Caller = { subject: 'c', grants: [{ role: 'CountyAdmin', regionCode: '140105' }] };
const school: Caller = { subject: 's', grants: [{ role: 'SchoolAdmin', schoolId: 'sch_1' }] };

beforeAll(async () => {
  room = await RealClass.open(3);
  ({ courses, classId, projectId } = room);
});
afterAll(() => courses.close());

const marks = (present: readonly number[]) =>
  present.map((presentMinutes, n) => ({ enrollmentId: `enr_${n + 1}`, presentMinutes }));
const take = (n: number, present: readonly number[]) => room.take(n, present);
const log = (n: number, remarks: readonly unknown[] = []) =>
  courses.give(
    head,
    'writeDailyLog',
    { classId, date: day(n), performance: '良好', incidents: '', remarks },
    'log { flaggedAt writtenAt }',
  );
type Shown = { absentMinutes: number; absenceLeftMinutes: number; sessions: { source: string }[] };
const shown = async (n: number) =>
  (
    await courses.ask<{ enrollment: { attendance: Shown } }>(
      teacher(n),
      `{ enrollment(id: "enr_${n}") { attendance {
        absentMinutes absenceLeftMinutes sessions { source } } } }`,
    )
  ).enrollment.attendance;
const notices = (code: string) => room.notices(code);

describe('a class, day by day', () => {
  test('CRS-50: a trainee checks in with the code on the screen once; an old code is refused, and only the class head sees it', async () => {
    courses.now = nine(1, 10);
    const ask = `{ attendanceCode(classId: "${classId}", sessionId: "ses_1") { code validUntil } }`;
    type Code = { attendanceCode: { code: string; validUntil: string } | null };
    const seen = (await courses.ask<Code>(head, ask)).attendanceCode;
    expect((await courses.ask<Code>(teacher(1), ask)).attendanceCode).toBeNull();
    expect(seen?.validUntil).toBe(nine(1, 10.5).toISOString());
    const enter = (code: string | undefined) =>
      courses.give(
        teacher(1),
        'checkIn',
        { enrollmentId: 'enr_1', sessionId: 'ses_1', code },
        'enrollment { id }',
      );
    courses.now = nine(1, 12);
    expect(codesOf(await enter(seen?.code))).toEqual(['CODE_WRONG']);
    const fresh = (await courses.ask<Code>(head, ask)).attendanceCode;
    expect(codesOf(await enter(fresh?.code))).toEqual([]);
    expect(codesOf(await enter(fresh?.code))).toEqual(['CHECKED_IN_ALREADY']);
    expect(await shown(1)).toMatchObject({ absentMinutes: 12, sessions: [{ source: 'CODE' }] });
  });

  test('CRS-50: the class head’s word stands above the code; the log waits for the whole day’s attendance', async () => {
    expect(codesOf(await log(1))).toEqual(['LOG_ATTENDANCE_MISSING']);
    await take(1, [810, 810, 810]);
    expect(await shown(1)).toMatchObject({
      absentMinutes: 0,
      sessions: [{ source: 'CLASS_HEAD' }],
    });
    expect(codesOf(await log(1, [{ enrollmentId: 'enr_1', text: '发言积极' }]))).toEqual([]);
    expect(codesOf(await log(1))).toEqual(['LOG_WRITTEN_ALREADY']);
  });

  test('CRS-50: a missing day is flagged the next morning, once; its log is taken late all the same', async () => {
    courses.now = nine(2, 600);
    await take(2, [405, 810, 810]);
    await courses.runChore(missingLogsChore);
    expect(await courses.told(told.findingRaised)).toEqual([]);
    courses.now = nine(3, -30);
    await courses.runChore(missingLogsChore);
    await courses.runChore(missingLogsChore);
    const found = await courses.told(told.findingRaised);
    expect(found).toMatchObject([{ rule: 'CRS-50', subject: classId, figures: { dates: day(2) } }]);
    const late = await courses.give<{ log: { flaggedAt: string } }>(
      head,
      'writeDailyLog',
      { classId, date: day(2), performance: '补记', incidents: '', remarks: [] },
      'log { flaggedAt }',
    );
    expect(late.log.flaggedAt).toBe(nine(3, -30).toISOString());
  });

  test('CRS-52: at half of the limit trainee and class head are warned, once; at the limit again', async () => {
    expect(await notices('ABSENCE_NEARS_LIMIT')).toMatchObject([
      { recipientId: 'tch_1', figures: { used: 405, left: 405 } },
      { recipientId: 'trn_head' },
    ]);
    courses.now = nine(3, 900);
    await take(3, [405, 810, 810]);
    expect(await shown(1)).toMatchObject({ absentMinutes: 810, absenceLeftMinutes: 0 });
    expect(await notices('ABSENCE_NEARS_LIMIT')).toHaveLength(2);
    expect(await notices('ABSENCE_AT_LIMIT')).toHaveLength(2);
    await take(3, [405, 810, 810]);
    expect(await notices('ABSENCE_AT_LIMIT')).toHaveLength(2);
  });

  test('CRS-50: batches signed by a device are taken once, late and in another order; unsigned ones never', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const { device } = await courses.give<{ device: { id: string } }>(
      head,
      'registerAttendanceDevice',
      { classId, name: '平板', publicKey: key },
      'device { id }',
    );
    const content = (number: number, n: number, present: readonly number[]) =>
      JSON.stringify({
        classId,
        deviceId: device.id,
        number,
        sessions: [
          { sessionId: `ses_${n}`, takenAt: nine(n, number).toISOString(), marks: marks(present) },
        ],
        logs: [{ date: day(n), performance: '线下', incidents: '' }],
      });
    const send = (text: string, signed = text) =>
      courses.give(
        head,
        'sendAttendanceBatch',
        {
          classId,
          deviceId: device.id,
          content: text,
          signature: sign(null, Buffer.from(signed), privateKey).toString('base64'),
        },
        'trainingClass { id }',
      );
    courses.now = nine(5, 900);
    const second = content(2, 4, [810, 810, 810]);
    expect(codesOf(await send(second, `${second} `))).toContain('BATCH_SIGNATURE_WRONG');
    expect(codesOf(await send(second))).toEqual([]);
    // The earlier batch of the same session comes later and doesn't count.
    expect(codesOf(await send(content(1, 4, [0, 0, 0])))).toEqual([]);
    expect(codesOf(await send(second))).toEqual([]);
    expect(codesOf(await send(content(2, 4, [1, 1, 1])))).toEqual(['BATCH_NUMBER_TAKEN']);
    expect(codesOf(await send(content(3, 5, [810, 810, 810])))).toEqual([]);
    expect((await shown(1)).absentMinutes).toBe(810);
    courses.now = nine(6, -30);
    await courses.runChore(missingLogsChore);
    // The second was written late: the third alone is missing.
    const dates = (await courses.told(told.findingRaised)).map(({ figures }) => figures['dates']);
    expect(dates).toEqual([day(2), day(3)]);
  });

  test('CRS-53, CRS-54: a violation ends the training at once, told to trainee, school and bureau; the appeal, upheld, restores', async () => {
    courses.now = nine(6);
    const input = { enrollmentId: 'enr_3' };
    const fields = 'enrollment { completion { state } }';
    const give = (caller: Caller, name: string, more: object) =>
      courses.give<{ enrollment: { completion: { state: string } } | null }>(
        caller,
        name,
        { ...input, ...more },
        fields,
      );
    const ended = await give(head, 'endForViolation', { evidence: '代签到' });
    expect(ended.enrollment?.completion.state).toBe('REFUSED');
    expect((await notices('NOT_COMPLETED')).map(({ recipientId }) => recipientId)).toEqual([
      'tch_3',
      'sch_1',
      '140105001',
    ]);
    expect(codesOf(await give(teacher(3), 'appealViolation', { reason: '本人在场' }))).toEqual([]);
    expect(codesOf(await give(teacher(3), 'appealViolation', { reason: '再申' }))).toEqual([
      'APPEALED_ALREADY',
    ]);
    const decided = await give(bureau, 'decideViolationAppeal', { upheld: true, remark: '属实' });
    expect(decided.enrollment?.completion.state).toBe('WITHDRAWN');
    expect(await courses.told(told.completionWithdrawn)).toHaveLength(1);
  });

  test('CRS-59: the class head’s duties are what is open, and what is late', async () => {
    for (const n of [1, 2, 3]) {
      await courses.give(
        teacher(n),
        'submitHomework',
        { enrollmentId: `enr_${n}`, moduleId: 'mod_1', text: '学习成果' },
        'enrollment { id }',
      );
    }
    type Duties = {
      myDuties: {
        count: number;
        lateCount: number;
        edges: { cursor: string; node: { kind: string; detail: string; late: boolean } }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    };
    const ask = (caller: Caller, page: string) =>
      courses.ask<Duties>(
        caller,
        `{ myDuties(${page}) { count lateCount pageInfo { hasNextPage endCursor }
          edges { cursor node { kind detail late } } } }`,
      );
    const { myDuties } = await ask(head, 'first: 1');
    // The log of the third day, and homework of three.
    expect(myDuties).toMatchObject({ count: 4, pageInfo: { hasNextPage: true } });
    expect(myDuties.edges[0]?.node).toEqual({ kind: 'WRITE_LOG', detail: day(3), late: true });
    const rest = await ask(head, `first: 100, after: "${myDuties.pageInfo.endCursor}"`);
    expect(rest.myDuties.edges.map(({ node }) => node.kind)).toEqual(
      Array(3).fill('REVIEW_HOMEWORK'),
    );
    expect((await ask(teacher(1), 'first: 5')).myDuties.count).toBe(0);
    expect((await ask(bureau, 'first: 5')).myDuties.edges.length).toBeGreaterThan(0);
  });

  test('CRS-55: a correction after the decision withdraws it and decides anew, telling both; the same figure again does nothing', async () => {
    for (const n of [1, 2]) {
      await courses.give(
        head,
        'reviewHomework',
        { enrollmentId: `enr_${n}`, moduleId: 'mod_1', accepted: true },
        'enrollment { id }',
      );
    }
    await room.setState('closing');
    await courses.give(head, 'decideCompletions', { classId }, 'trainingClass { id }');
    const first = (await courses.told(told.completionConfirmed)).find(
      ({ enrollmentId }) => enrollmentId === 'enr_1',
    );
    // Exactly a fifth absent.
    expect(first?.hoursCenti).toBe(72_00);
    const correct = (presentMinutes: number) =>
      courses.give<{ enrollment: { completion: { state: string; hours: string } } | null }>(
        head,
        'correctAttendance',
        { enrollmentId: 'enr_1', sessionId: 'ses_3', presentMinutes, reason: '核对签到表' },
        'enrollment { completion { state hours completedOn proof { met parts { rule } } } }',
      );
    courses.now = nine(9);
    expect((await correct(404)).enrollment?.completion).toMatchObject({
      state: 'REFUSED',
      hours: '0.00',
      completedOn: day(6),
      proof: { met: false },
    });
    expect(codesOf(await correct(404))).toEqual(['NOTHING_TO_CORRECT']);
    courses.now = nine(10);
    const again = await correct(450);
    expect(again.enrollment?.completion).toMatchObject({ state: 'CONFIRMED', hours: '73.00' });
    const withdrawn = await courses.told(told.completionWithdrawn);
    expect(withdrawn.map(({ completionId }) => completionId)).toContain(first?.completionId);
    const standing = { enrollmentId: 'enr_1', standing: true };
    expect(await courses.db.model(completions).countDocuments(standing)).toBe(1);
    // Homework of the third was never accepted: refused; accepted late, it is decided anew.
    await courses.give(
      head,
      'reviewHomework',
      { enrollmentId: 'enr_3', moduleId: 'mod_1', accepted: true },
      'enrollment { id }',
    );
    const states = await courses.db
      .model(completions)
      .find({ enrollmentId: 'enr_3' })
      .sort({ _id: 1 })
      .lean();
    expect(states.map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn', 'confirmed']);
  });

  test('CRS-57: the archive shows all of a trainee to school and bureau, as pages and as a table', async () => {
    type Archives = {
      traineeArchives: {
        csv: string;
        edges: { node: { id: string; hours: string; remarks: { text: string }[] } }[];
      };
    };
    const ask = (caller: Caller) =>
      courses.ask<Archives>(
        caller,
        `{ traineeArchives(projectId: "${projectId}") { csv edges { node {
          id hours completed remarks { text } attendance { absentMinutes } homework { state } } } } }`,
      );
    const { traineeArchives } = await ask(school);
    const one = traineeArchives.edges.find(({ node }) => node.id === 'enr_1')?.node;
    expect(one).toMatchObject({ hours: '73.00', remarks: [{ text: '发言积极' }] });
    expect(traineeArchives.edges).toHaveLength(3);
    expect(traineeArchives.csv.trim().split('\r\n')).toHaveLength(4);
    expect((await ask(bureau)).traineeArchives.edges).toHaveLength(3);
    expect((await ask(teacher(2))).traineeArchives.edges.map(({ node }) => node.id)).toEqual([
      'enr_2',
    ]);
    const stranger: Caller = { subject: 'x', grants: [{ role: 'SchoolAdmin', schoolId: 'sch_2' }] };
    expect((await ask(stranger)).traineeArchives.edges).toEqual([]);
    expect(await notices('ARCHIVES_READY')).toMatchObject([
      { recipientId: 'sch_1', figures: { completed: 2, refused: 1 } },
      { recipientId: '140105001' },
    ]);
  });
});
